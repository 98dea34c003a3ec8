"""The text of a new dossier: what the user gave, and beside it, as comments, what else could be said."""

from __future__ import annotations

from communique.ingest.dossier import Dossier, dump

_HEAD = """\
# A dossier: what a dispute is about and where its reports come from.
# Take the # away from what fits, change it, and copy a [[...]] part for each further one.
"""

_PARTS = {
    "description": """\
# description = "What the dispute is about, in a sentence or two."
""",
    "party": """
# A party to the dispute. country is its ISO 3166-1 alpha-3 code; leave it out for one that is no state.
# [[party]]
# name = "Japan"
# country = "JPN"
# aliases = ["Tokyo"]
""",
    "issue": """
# What is disputed or negotiated, and what else the reports call it.
# [[issue]]
# name = "southern Kurils"
# aliases = ["Northern Territories", "disputed islands"]
""",
    "feed": """
# An RSS or Atom feed that communique watch polls.
# [[feed]]
# url = "https://example.org/world.rss"
# outlet = "Example Wire"
""",
    "outlet": """
# An outlet: its domains, whether others print its copy, and whose voice it is: official, state or independent.
# [[outlet]]
# name = "Example Wire"
# domains = ["example.org"]
# agency = true
# kind = "independent"
""",
    "source": """
# A file or folder of reports, relative to this file. Without any, all reports below this folder are read.
# [[source]]
# path = "reports"
""",
}
_KEYS = ("party", "issue", "feed", "outlet", "source")


def template(dossier: Dossier) -> str:
    """Return TOML that holds this dossier, with an example in comments of each part that it has none of.

    ``parse_dossier`` gives the dossier back.
    """
    head, *rest = dump(dossier).split("\n[[", 1)
    written = {key: f"\n[[{key}]]" in f"\n[[{rest[0]}" if rest else False for key in _KEYS}
    pieces = [_HEAD, head.rstrip("\n") + "\n"]
    if not dossier.description:
        pieces.append(_PARTS["description"])
    if rest:
        pieces.append("\n[[" + rest[0].rstrip("\n") + "\n")
    pieces += [_PARTS[key] for key in _KEYS if not written[key]]
    return "".join(pieces)
