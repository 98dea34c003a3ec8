"""What each list of the record can be narrowed down by. Light to import: commands make their options of it."""

from __future__ import annotations

FIELDS = {
    "statements": (
        *("actor", "addressee", "relayer", "party", "country", "issue", "outlet", "act", "report", "version"),
        *("since", "until", "said_since", "said_until", "text", "judged", "confidence", "voices", "copies"),
    ),
    "conditions": (
        *("actor", "must_act", "country", "issue", "outlet", "kind", "report", "version"),
        *("since", "until", "text", "judged", "confidence", "copies"),
    ),
    "reports": (
        *("actor", "party", "country", "issue", "outlet", "act", "report"),
        *("since", "until", "text", "copies"),
    ),
}
"""The fields of `communique.record.query.filters.Filter` that a list has."""

NAME_FIELDS = {"actors": ("name", "country", "kind"), "issues": ("name",)}
"""The fields of `communique.record.query.names.NameFilter` that a list has."""

SORTS = {
    "statements": ("newest", "oldest", "confidence", "voices"),
    "conditions": ("newest", "oldest", "confidence"),
    "reports": ("newest", "oldest"),
}
"""The orders of a list, its default first; lists that are not here have one."""
