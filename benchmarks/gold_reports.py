"""Load the annotated reports of ``benchmarks/reports``: words become character spans, or the load fails.

The format and the conventions of the annotation are in ``benchmarks/README.md``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "reports"
PARTS = {"seen": FOLDER, "unseen": FOLDER / "unseen"}

Span = tuple[int, int]
Names = tuple[str, ...]


class GoldError(ValueError):
    """An annotation whose words are not in the text, or stand there more than once."""


@dataclass(frozen=True)
class GoldStatement:
    """One attribution; ``speaker`` is several names where a plural speaks, empty where nobody is named."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: Names
    speaker_country: str | None
    chain: Names
    addressee: Names
    acts: Names
    parent: int | None
    responds_to: int | None
    optional: bool


@dataclass(frozen=True)
class GoldCondition:
    """What hangs on what; ``holder`` and ``must_act`` are names, empty where there is nobody."""

    antecedent: tuple[Span, ...]
    consequent: tuple[Span, ...]
    kinds: Names
    holder: Names
    must_act: Names
    optional: bool


@dataclass(frozen=True)
class GoldActor:
    """An actor who matters in the report, with mentions to be resolved; None where a field is not scored."""

    name: str
    kinds: Names
    country: str | None
    role: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True)
class GoldIssue:
    """A disputed thing under its names, with (claimant, grounds) pairs."""

    names: Names
    claims: tuple[tuple[str, tuple[Span, ...]], ...]


@dataclass(frozen=True)
class GoldReport:
    """One annotated report."""

    id: str
    text: str
    outlet: str
    published: str
    statements: tuple[GoldStatement, ...]
    conditions: tuple[GoldCondition, ...]
    actors: tuple[GoldActor, ...]
    issues: tuple[GoldIssue, ...]


def load_part(part: str) -> list[GoldReport]:
    """Load the reports of ``seen`` or ``unseen``, by name."""
    return [load_report(path) for path in sorted(PARTS[part].glob("*.toml"))]


def load_report(path: Path) -> GoldReport:
    """Load one report; raises GoldError, naming file and words, where an annotation does not fit the text."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return _report(data)
    except (GoldError, KeyError) as error:
        raise GoldError(f"{path.name}: {error}") from error


def _report(data: dict[str, Any]) -> GoldReport:
    known = {"id", "outlet", "published", "dispute", "style", "own_writing", "text"}
    known |= {"statement", "condition", "actor", "issue"}
    _only(data, known, "report")
    if data["own_writing"] is not True:
        raise GoldError("own_writing must be true")
    text = data["text"]
    return GoldReport(
        id=data["id"],
        text=text,
        outlet=data["outlet"],
        published=data["published"],
        statements=_statements(text, data.get("statement", [])),
        conditions=tuple(_condition(text, row) for row in data.get("condition", [])),
        actors=tuple(_actor(text, row) for row in data.get("actor", [])),
        issues=tuple(_issue(text, row) for row in data.get("issue", [])),
    )


def _statements(text: str, rows: Sequence[dict[str, Any]]) -> tuple[GoldStatement, ...]:
    spans = [_parts(text, row) for row in rows]
    labels = {row["label"]: i for i, row in enumerate(rows) if "label" in row}
    out = []
    for i, (row, (source, cue, content)) in enumerate(zip(rows, spans, strict=True)):
        speaker = row["speaker"]
        parent = labels[row["parent"]] if "parent" in row else _holder_of(i, [part[2] for part in spans])
        out.append(
            GoldStatement(
                source=source,
                cue=cue,
                content=content,
                speaker=tuple(speaker) if isinstance(speaker, list) else (speaker,) if speaker else (),
                speaker_country=row.get("speaker_country"),
                chain=tuple(row.get("chain", [])),
                addressee=tuple(row.get("addressee", [])),
                acts=tuple(row.get("act", "assert").split("|")),
                parent=parent,
                responds_to=labels[row["responds_to"]] if "responds_to" in row else None,
                optional=row.get("optional", False),
            )
        )
    return tuple(out)


_STATEMENT_KEYS = {"source", "cue", "content", "speaker", "speaker_country", "chain", "addressee", "act", "parent"}
_STATEMENT_KEYS |= {"responds_to", "label", "optional"}


def _parts(text: str, row: dict[str, Any]) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    _only(row, _STATEMENT_KEYS, "statement")
    content = _pieces(text, row["content"], ())
    cue = _pieces(text, row["cue"], content)
    source = _pieces(text, row["source"], cue or content, avoid=content)
    return source, cue, content


def _holder_of(index: int, contents: Sequence[tuple[Span, ...]]) -> int | None:
    """The smallest other content that holds all of this one."""
    own = contents[index]
    best: tuple[int, int] | None = None
    for i, other in enumerate(contents):
        if i == index or other == own:
            continue
        if all(any(s <= start and end <= e for s, e in other) for start, end in own):
            size = sum(e - s for s, e in other)
            if best is None or size < best[0]:
                best = (size, i)
    return best[1] if best else None


def _condition(text: str, row: dict[str, Any]) -> GoldCondition:
    _only(row, {"antecedent", "consequent", "cue", "kind", "holder", "must_act", "optional"}, "condition")
    consequent = antecedent = None
    try:
        consequent = _pieces(text, row["consequent"], ())
    except GoldError:
        antecedent = _pieces(text, row.get("antecedent", []), ())
        consequent = _pieces(text, row["consequent"], antecedent)
    if antecedent is None:
        antecedent = _pieces(text, row.get("antecedent", []), consequent)
    return GoldCondition(
        antecedent=antecedent,
        consequent=consequent,
        kinds=tuple(row["kind"].split("|")),
        holder=_names(row["holder"]),
        must_act=_names(row["must_act"]),
        optional=row.get("optional", False),
    )


def _actor(text: str, row: dict[str, Any]) -> GoldActor:
    _only(row, {"name", "kind", "country", "role", "mentions"}, "actor")
    mentions = tuple(find(text, words) for words in row.get("mentions", []))
    kinds = tuple(row["kind"].split("|")) if "kind" in row else ()
    return GoldActor(row["name"], kinds, row.get("country"), row.get("role"), mentions)


def _issue(text: str, row: dict[str, Any]) -> GoldIssue:
    _only(row, {"name", "aliases", "claims"}, "issue")
    names = (row["name"], *row.get("aliases", []))
    for name in names:
        _hits(text, name)
    claims = []
    for claim in row.get("claims", []):
        _only(claim, {"actor", "grounds"}, "claim")
        claims.append((claim["actor"], _pieces(text, claim.get("grounds", []), ())))
    return GoldIssue(names, tuple(claims))


def _names(value: str | list[str]) -> Names:
    return tuple(value) if isinstance(value, list) else (value,) if value else ()


def _only(row: dict[str, Any], known: set[str], what: str) -> None:
    if unknown := set(row) - known:
        raise GoldError(f"unknown keys in {what}: {', '.join(sorted(unknown))}")


def _pieces(text: str, words: str | list[str], near: Sequence[Span], avoid: Sequence[Span] = ()) -> tuple[Span, ...]:
    found: list[Span] = []
    for piece in [words] if isinstance(words, str) else words:
        if piece:
            found.append(find(text, piece, found[-1:] or near, avoid or near))
    return tuple(found)


def find(text: str, words: str, near: Sequence[Span] = (), avoid: Sequence[Span] = ()) -> Span:
    """Return where ``words`` stand in ``text``.

    ``A [...] B`` runs from A to the next B; ``see <him> there`` means "him" in that context; ``him{2}`` the second one.
    Any white space matches any other. Of several places the one nearest to ``near`` and outside ``avoid`` is taken.
    """
    wanted = re.fullmatch(r"(.*)\{(\d+)\}", words, re.DOTALL)
    hits = _hits(text, wanted[1] if wanted else words)
    if wanted:
        if int(wanted[2]) > len(hits):
            raise GoldError(f"not that often: {words!r}")
        return hits[int(wanted[2]) - 1]
    if len(hits) > 1 and near:
        outside = [h for h in hits if not any(s < h[1] and h[0] < e for s, e in avoid)] or hits
        return min(
            outside, key=lambda hit: (min(max(s - hit[1], hit[0] - e, 0) for s, e in near), hit[1] - hit[0], hit)
        )
    if len(hits) > 1:
        raise GoldError(f"stands {len(hits)} times: {words!r}")
    return hits[0]


def _hits(text: str, words: str) -> list[Span]:
    if context := re.fullmatch(r"(.*?)<(.+?)>(.*)", words, re.DOTALL):
        before, inner, after = context.groups()
        pattern = _pattern(before) + r"\s*(" + _pattern(inner) + r")\s*" + _pattern(after)
        hits = [m.span(1) for m in re.finditer(pattern, text)]
    elif " [...] " in words:
        first, last = words.split(" [...] ")
        hits = []
        for opening in re.finditer(_pattern(first), text):
            closing = re.compile(_pattern(last)).search(text, opening.end())
            if closing:
                hits.append((opening.start(), closing.end()))
    else:
        hits = [m.span() for m in re.finditer(_pattern(words), text)]
    if not hits:
        raise GoldError(f"not in the text: {words!r}")
    return hits


def _pattern(words: str) -> str:
    words = words.strip()
    if not words:
        return ""
    body = r"\s+".join(re.escape(word) for word in words.split())
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    return before + body + after
