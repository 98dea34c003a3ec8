"""What a list of the record is narrowed down to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import get_args, get_type_hints

from communique.errors import BadFilter
from communique.model import Act, ConditionKind
from communique.record.decisions.judgement_log import DISPUTED, JudgementVerdict
from communique.record.query.date_bounds import bound

JUDGED = (
    "any",
    "none",
    *(verdict.value for verdict in JudgementVerdict if verdict is not JudgementVerdict.WITHDRAW),
    DISPUTED,
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What the rows of a list have in common; a filter that is not given lets everything through.

    Those that take several values let through what has one of them; one value may be given as itself. ``actor``,
    ``addressee``, ``relayer``, ``party`` and ``must_act`` are actors by name, alias or key: who speaks (a condition's:
    who holds it), is spoken to, passed the words on, is spoken for, could meet the condition. ``issue`` is by name,
    alias or key, ``country`` by name or ISO 3166-1 alpha-3 code, ``act`` and ``kind`` are values of `Act` and
    `ConditionKind`. ``report`` is a report's key; with it ``version`` is the number of an older version of it.

    ``since`` and ``until`` are when the report was published, ``said_since`` and ``said_until`` when it was said: ISO
    8601 years, months, days, or times in UTC, both inclusive. ``text`` is searched for in a statement's content, a
    condition's two sides, a report's title and text: words, ``"phrases"``, ``prefix*``, ``-not``, ``OR``. ``judged`` is
    "any", "none", a verdict, or "disputed". ``confidence`` and ``voices`` are the least. ``copies`` is True for what is
    in reports that are copies of another, False for what is in the others.
    """

    actor: tuple[str, ...] | str = ()
    addressee: tuple[str, ...] | str = ()
    relayer: tuple[str, ...] | str = ()
    party: tuple[str, ...] | str = ()
    must_act: tuple[str, ...] | str = ()
    country: tuple[str, ...] | str = ()
    issue: tuple[str, ...] | str = ()
    outlet: tuple[str, ...] | str = ()
    act: tuple[str, ...] | str = ()
    kind: tuple[str, ...] | str = ()
    report: tuple[str, ...] | str = ()
    version: int | None = None
    since: str | None = None
    until: str | None = None
    said_since: str | None = None
    said_until: str | None = None
    text: str | None = None
    judged: str | None = None
    confidence: float | None = None
    voices: int | None = None
    copies: bool | None = None

    def __post_init__(self) -> None:
        for name in _lists():
            value = getattr(self, name)
            listed = (value,) if isinstance(value, str) else tuple(value or ())
            object.__setattr__(self, name, tuple(map(str, listed)))
        _check(self)

    def named(self, name: str) -> tuple[str, ...]:
        """Return the values of a filter that takes several."""
        values = getattr(self, name)
        assert isinstance(values, tuple)
        return values

    def given(self) -> tuple[str, ...]:
        """Return the names of the filters that are given."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name) not in (None, ()))


@cache
def _lists() -> tuple[str, ...]:
    """The filters that take several values."""
    hints = get_type_hints(Filter)
    return tuple(each.name for each in fields(Filter) if str in get_args(hints[each.name]) and each.default == ())


def _check(asked: Filter) -> None:
    for name, known in (("act", Act), ("kind", ConditionKind)):
        for value in asked.named(name):
            if value not in {each.value for each in known}:
                raise BadFilter(value, f"no {name}; one is {', '.join(each.value for each in known)}")
    if asked.judged not in (None, *JUDGED):
        raise BadFilter(str(asked.judged), f"judged is one of {', '.join(JUDGED)}")
    if asked.confidence is not None and not 0 <= asked.confidence <= 1:
        raise BadFilter(str(asked.confidence), "a confidence is between 0 and 1")
    if asked.version is not None and len(asked.named("report")) != 1:
        raise BadFilter(f"version {asked.version}", "a version is of one report: give its key")
    if asked.version is not None and asked.text is not None:
        raise BadFilter(asked.text, "older versions cannot be searched: leave out the text or the version")
    for name in ("since", "until", "said_since", "said_until"):
        if getattr(asked, name) is not None:
            bound(getattr(asked, name))
