"""What the brief shows, as plain values for its template: nothing here knows HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from communique.brief.actor_names import body_name
from communique.brief.highlight import Mark, Segment, clamp, paragraphs, snippet
from communique.model import Act, Actor, ActorKind, Claim, Condition, ConditionKind, Issue, Reading, Span, Statement

KIND_WORDS = {
    ConditionKind.NECESSARY: "only if",
    ConditionKind.SUFFICIENT: "if",
    ConditionKind.BOTH: "if and only if",
    ConditionKind.EXCEPTION: "unless",
    ConditionKind.WAIVED: "without condition",
}
_FIRMEST = (
    ConditionKind.BOTH,
    ConditionKind.NECESSARY,
    ConditionKind.EXCEPTION,
    ConditionKind.WAIVED,
    ConditionKind.SUFFICIENT,
)
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """A stretch of evidence: words and the roles they play; ``label`` names the roles that begin here."""

    text: str
    roles: tuple[str, ...] = ()
    refs: tuple[int, ...] = ()
    label: str = ""
    anchors: tuple[LinkTarget, ...] = ()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """A place in a report's text that can be linked to. ``label`` and ``back`` are "" for a silent one."""

    id: str
    label: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """An actor as a reader sees it; ``within`` is the report of a nameless one, who is nobody in another report."""

    name: str
    kind: str = ""
    country: str = ""
    role: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of the table of statements."""

    id: str
    place: str
    label: str
    speaker: Who
    chain: tuple[str, ...]
    to: tuple[str, ...]
    act: str
    mode: str
    words: str
    about: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    answers: tuple[str, str] | None
    confidence: str
    evidence: tuple[MarkedWords, ...]
    report: ReportSection


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One condition: the consequent hangs on the antecedent."""

    id: str
    place: str
    label: str
    holder: Who
    must_act: Who
    kind: str
    kind_words: str
    antecedent: str
    consequent: str
    confidence: str
    evidence: tuple[MarkedWords, ...]
    report: ReportSection


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One party's claim to an issue, in one report."""

    actor: Who
    grounds: str
    place: str
    evidence: tuple[MarkedWords, ...]
    report: ReportSection


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue over all reports; ``forms`` are the words that name it, with a place and a count."""

    id: str
    name: str
    forms: tuple[tuple[str, str, int], ...]
    claims: tuple[ClaimRow, ...]
    reports: tuple[ReportSection, ...]
    mentions: int
    statements: int


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor over all reports."""

    who: Who
    statements: int
    conditions: int
    mentions: int
    forms: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A report's heading; its text is kept apart."""

    id: str
    number: int
    title: str
    outlet: str
    published: str
    url: str


@dataclass(frozen=True, slots=True)
class TextView:
    """The one full copy of a report's text, marked."""

    report: ReportSection
    paragraphs: tuple[tuple[MarkedWords, ...], ...]
    statements: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BriefPage:
    """Everything on the page."""

    title: str
    figures: tuple[tuple[int, str], ...]
    period: str
    readers: tuple[str, ...]
    acts: tuple[str, ...]
    matrix: tuple[tuple[Who, tuple[int, ...], int], ...]
    statements: tuple[StatementLine, ...]
    conditions: tuple[ConditionLine, ...]
    issues: tuple[IssueLine, ...]
    minor: tuple[IssueLine, ...]
    actors: tuple[ActorLine, ...]
    texts: tuple[TextView, ...]
    speakers: tuple[str, ...]
    outlets: tuple[str, ...]
    topics: tuple[str, ...]


def clean(text: str) -> str:
    """Replace what an HTML page cannot hold: lone surrogates, control characters and non-characters."""
    return _UNSAFE.sub("\ufffd", text)


def safe_url(url: str | None) -> str:
    """Return the address if it is a plain http(s) one with a host, else ""."""
    if not url:
        return ""
    address = clean(url).strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    fit = parts.scheme.lower() in ("http", "https") and host and not re.search(r"[\s\\\ufffd]", address)
    return address if fit else ""


def build(readings: Sequence[Reading], title: str) -> BriefPage:
    """Lay readings out as a page."""
    parts = [_Part(number, reading) for number, reading in enumerate(readings, 1)]
    issues = _issues(parts)
    topics = {key: (row.name, row.id) for key, row in issues.items()}
    statements = tuple(row for part in parts for row in part.statement_rows(topics))
    conditions = _conditions(parts)
    actors = _actors(parts)
    outlets = sorted({row.report.outlet for row in statements})
    dates = sorted({part.view.published[:10] for part in parts if part.view.published})
    speaking = {_plain(row.speaker) for row in statements}
    used = Counter(row.act for row in statements)
    acts = tuple(act.value for act in Act if used[act.value])
    return BriefPage(
        title=clean(title) or "Brief",
        figures=(
            _figure(len(parts), "report"),
            _figure(len(statements), "statement"),
            _figure(len({who for who in speaking if who.kind}), "speaker"),
            _figure(len(conditions), "condition"),
            _figure(len(issues), "issue"),
        ),
        period=" to ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else "",
        readers=tuple(sorted({clean(part.reading.reader) for part in parts if part.reading.reader})),
        acts=acts,
        matrix=_matrix(statements, acts),
        statements=statements,
        conditions=conditions,
        issues=tuple(row for row in issues.values() if not _minor(row)),
        minor=tuple(row for row in issues.values() if _minor(row)),
        actors=actors,
        texts=tuple(part.text_view() for part in parts),
        speakers=tuple(sorted({row.speaker.name for row in statements})),
        outlets=tuple(outlets),
        topics=tuple(sorted({name for row in statements for name, _ in row.about})),
    )


def _figure(count: int, name: str) -> tuple[int, str]:
    return count, name if count == 1 else f"{name}s"


def _conditions(parts: Sequence[_Part]) -> tuple[ConditionLine, ...]:
    """Conditions by the country that holds most of them, the firmest first; those that nobody holds come last."""
    rows = [row for part in parts for row in part.condition_rows()]
    held = Counter(row.holder.country for row in rows)
    firmness = {kind.value: at for at, kind in enumerate(_FIRMEST)}

    def order(row: ConditionLine) -> tuple[bool, bool, int, str, int, str]:
        country = row.holder.country
        return not row.holder.kind, not country, -held[country], country, firmness[row.kind], row.report.published

    return tuple(sorted(rows, key=order))


def _minor(issue: IssueLine) -> bool:
    """Tell whether an issue stands in one report and in one statement at most, claimed by nobody."""
    return issue.statements < 2 and len(issue.reports) < 2 and not issue.claims


def _matrix(rows: Sequence[StatementLine], acts: Sequence[str]) -> tuple[tuple[Who, tuple[int, ...], int], ...]:
    """The speakers with most statements by act; every count is of statements."""
    cells = Counter((_plain(row.speaker), row.act) for row in rows)
    totals = Counter(_plain(row.speaker) for row in rows)
    top = sorted(totals.items(), key=lambda item: (-item[1], item[0].name, item[0].kind))[:10]
    return tuple((who, tuple(cells[who, act] for act in acts), total) for who, total in top)


def _actors(parts: Sequence[_Part]) -> tuple[ActorLine, ...]:
    """Join actors of the same name, kind and country over the reports."""
    spoken: Counter[Who] = Counter()
    conditioned: Counter[Who] = Counter()
    mentions: Counter[Who] = Counter()
    forms: dict[Who, dict[str, tuple[str, int]]] = {}
    for part in parts:
        for actor in part.reading.actors:
            who = _plain(part.whos[actor.id])
            seen = forms.setdefault(who, {})
            spans = part.mention_spans[actor.id]
            mentions[who] += len(spans)
            for span in spans:
                form = _short(part.text[span.start : span.end], 60)
                place, count = seen.get(form, (part.mention_id(span), 0))
                seen[form] = (place, count + 1)
        for statement in part.reading.statements:
            if statement.speaker in part.whos:
                spoken[_plain(part.whos[statement.speaker])] += 1
        for condition in part.reading.conditions:
            if condition.holder in part.whos:
                conditioned[_plain(part.whos[condition.holder])] += 1
    order = sorted(forms, key=lambda who: (-spoken[who], -mentions[who], who.name, who.kind, who.country))
    return tuple(
        ActorLine(
            who,
            spoken[who],
            conditioned[who],
            mentions[who],
            tuple((form, place, count) for form, (place, count) in forms[who].items()),
        )
        for who in order
    )


def _issues(parts: Sequence[_Part]) -> dict[str, IssueLine]:
    """Join issues of one id over the reports, those with most statements first."""
    held: dict[str, list[tuple[_Part, Issue]]] = {}
    spoken: Counter[str] = Counter()
    for part in parts:
        for issue in part.reading.issues:
            held.setdefault(issue.id, []).append((part, issue))
        spoken.update(key for statement in part.reading.statements for key in statement.about)
    rows: dict[str, IssueLine] = {}
    for number, key in enumerate(sorted(held, key=lambda k: (-spoken[k], -len(held[k]), k)), 1):
        names = Counter(_short(issue.name, 60) or "Unnamed" for _, issue in held[key])
        forms: dict[str, tuple[str, int]] = {}
        mentions = 0
        for part, issue in held[key]:
            for span in clamp(issue.mentions, len(part.text)):
                mentions += 1
                form = _short(part.text[span.start : span.end], 60)
                place, count = forms.get(form, (part.mention_id(span), 0))
                forms[form] = (place, count + 1)
        rows[key] = IssueLine(
            id=f"i{number}",
            name=min(names, key=lambda name: (-names[name], -len(name), name)),
            forms=tuple((form, place, count) for form, (place, count) in forms.items()),
            claims=_claims([part.claim_row(claim) for part, issue in held[key] for claim in issue.claims]),
            reports=tuple(part.view for part, _ in held[key]),
            mentions=mentions,
            statements=spoken[key],
        )
    return rows


def _claims(rows: list[ClaimRow]) -> tuple[ClaimRow, ...]:
    """Claims by claimant, those with grounds first; one without grounds shows only where its claimant has no other."""
    order = {who: at for at, who in reversed(list(enumerate(row.actor for row in rows)))}
    grounded = {row.actor for row in rows if row.grounds}
    bare: dict[Who, ClaimRow] = {}
    for row in rows:
        if row.actor not in grounded:
            bare.setdefault(row.actor, row)
    kept = [row for row in rows if row.grounds] + list(bare.values())
    return tuple(sorted(kept, key=lambda row: order[row.actor]))


def _plain(who: Who) -> Who:
    return Who(who.name, who.kind, who.country, within=who.within)


def _short(text: str, limit: int) -> str:
    line = _SPACE.sub(" ", clean(text)).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


class _Part:
    """One reading with the ids and labels under which the page shows it."""

    def __init__(self, number: int, reading: Reading) -> None:
        report = reading.report
        self.reading = reading
        self.number = number
        self.text = report.text
        heading = report.title or report.text[:400].lstrip()
        self.view = ReportSection(
            id=f"r{number}",
            number=number,
            title=_short(heading, 160 if report.title else 90) or "Untitled report",
            outlet=_short(report.outlet or "", 80) or "Outlet not given",
            published=_short(report.published or "", 40),
            url=safe_url(report.url),
        )
        self.whos = {actor.id: _who(actor, number) for actor in reading.actors}
        self.mention_spans = {actor.id: clamp(actor.mentions, len(self.text)) for actor in reading.actors}
        self.numbers = {s.id: n for n, s in enumerate(reading.statements, 1)}
        self.condition_numbers = {c.id: n for n, c in enumerate(reading.conditions, 1)}

    def who(self, actor: str | None, absent: str) -> Who:
        return self.whos[actor] if actor in self.whos else Who(absent)

    def mention_id(self, span: Span) -> str:
        return f"r{self.number}-m{span.start}"

    def _evidence(self, marks: Sequence[Mark]) -> tuple[MarkedWords, ...]:
        return tuple(self._piece(segment, labels=True) for segment in snippet(self.text, marks))

    def _piece(self, segment: Segment, labels: bool = False, anchors: tuple[LinkTarget, ...] = ()) -> MarkedWords:
        words = clean(self.text[segment.start : segment.end])
        label = " and ".join(segment.opens) if labels else ""
        return MarkedWords(words, segment.roles, segment.refs, label, anchors, segment.gap)

    def _words(self, spans: Iterable[Span], limit: int) -> str:
        pieces = [_short(self.text[s : min(e, s + limit + 1)], limit) for s, e in clamp(spans, len(self.text))[:12]]
        return _short(" … ".join(pieces), limit)

    def _marks(self, item: Statement, ref: int) -> list[Mark]:
        length = len(self.text)
        roles = (("content", item.content), ("source", item.source), ("cue", item.cue))
        return [Mark(s, e, role, ref) for role, spans in roles for s, e in clamp(spans, length)]

    def _condition_marks(self, item: Condition) -> list[Mark]:
        length = len(self.text)
        roles = (("outcome", item.consequent), ("condition", item.antecedent), ("hinge", item.cue))
        return [Mark(s, e, role) for role, spans in roles for s, e in clamp(spans, length)]

    def statement_rows(self, topics: Mapping[str, tuple[str, str]]) -> list[StatementLine]:
        out = []
        for number, item in enumerate(self.reading.statements, 1):
            answered = self.numbers.get(item.responds_to or "")
            out.append(
                StatementLine(
                    id=f"s{self.number}-{number}",
                    place=f"r{self.number}-s{number}",
                    label=f"{self.number}.{number}",
                    speaker=self.who(item.speaker, "Speaker not known"),
                    chain=tuple(self.who(relay.actor, "unknown").name for relay in item.chain),
                    to=tuple(self.who(actor, "unknown").name for actor in item.addressee),
                    act=item.act.value,
                    mode=f"{item.mode.value}, {item.manner.value}",
                    words=self._words(item.content, 300),
                    about=tuple(topics[i] for i in item.about if i in topics),
                    conditions=tuple(
                        (f"{self.number}.{n}", f"c{self.number}-{n}")
                        for n in (self.condition_numbers.get(c) for c in item.conditions)
                        if n
                    ),
                    answers=(f"{self.number}.{answered}", f"s{self.number}-{answered}") if answered else None,
                    confidence=_percent(item.confidence),
                    evidence=self._evidence(self._marks(item, number)),
                    report=self.view,
                )
            )
        return out

    def condition_rows(self) -> list[ConditionLine]:
        out = []
        for number, item in enumerate(self.reading.conditions, 1):
            out.append(
                ConditionLine(
                    id=f"c{self.number}-{number}",
                    place=f"r{self.number}-c{number}",
                    label=f"{self.number}.{number}",
                    holder=self.who(item.holder, "Holder not known"),
                    must_act=self.who(item.must_act, "Nobody named"),
                    kind=item.kind.value,
                    kind_words=KIND_WORDS[item.kind],
                    antecedent=self._words(item.antecedent, 240),
                    # "without preconditions" alone says what is waived.
                    consequent=self._words(item.consequent or item.cue, 240),
                    confidence=_percent(item.confidence),
                    evidence=self._evidence(self._condition_marks(item)),
                    report=self.view,
                )
            )
        return out

    def claim_row(self, claim: Claim) -> ClaimRow:
        grounds = clamp(claim.grounds, len(self.text))
        stated = self.numbers.get(claim.statement or "")
        return ClaimRow(
            actor=_plain(self.who(claim.actor, "Claimant not known")),
            grounds=self._words(grounds, 240),
            place=f"r{self.number}-s{stated}" if stated else self.view.id,
            evidence=self._evidence([Mark(s, e, "grounds") for s, e in grounds]),
            report=self.view,
        )

    def _anchors(self) -> dict[int, list[LinkTarget]]:
        """Places to link to, by offset: statements and conditions with a label, mentions without."""
        out: dict[int, list[LinkTarget]] = {}
        length = len(self.text)
        for number, item in enumerate(self.reading.statements, 1):
            spans = clamp((*item.source, *item.cue, *item.content), length)
            at = spans[0].start if spans else 0
            name = f"{self.number}-{number}"
            out.setdefault(at, []).append(
                LinkTarget(f"r{self.number}-s{number}", f"{self.number}.{number}", f"s{name}")
            )
        for number, held in enumerate(self.reading.conditions, 1):
            spans = clamp((*held.antecedent, *held.consequent, *held.cue), length)
            at = spans[0].start if spans else 0
            out.setdefault(at, []).append(
                LinkTarget(f"r{self.number}-c{number}", f"C{self.number}.{number}", f"c{self.number}-{number}")
            )
        mentioned = {span.start: span for spans in self.mention_spans.values() for span in spans}
        for issue in self.reading.issues:
            mentioned.update({span.start: span for span in clamp(issue.mentions, length)})
        for at, span in mentioned.items():
            out.setdefault(at, []).append(LinkTarget(self.mention_id(span)))
        return out

    def text_view(self) -> TextView:
        marks = [m for n, s in enumerate(self.reading.statements, 1) for m in self._marks(s, n)]
        anchors = self._anchors()
        waiting = sorted(anchors)
        at = 0
        body: list[tuple[MarkedWords, ...]] = []
        for paragraph in paragraphs(self.text, marks, waiting):
            pieces = []
            for segment in paragraph:
                here: list[LinkTarget] = []
                while at < len(waiting) and waiting[at] <= segment.start:
                    here += anchors[waiting[at]]
                    at += 1
                pieces.append(self._piece(segment, anchors=tuple(here)))
            body.append(tuple(pieces))
        rest = tuple(anchor for offset in waiting[at:] for anchor in anchors[offset])
        if rest:
            body.append((MarkedWords("", anchors=rest),))
        notes = tuple(_short(note, 300) for note in self.reading.notes)
        return TextView(self.view, tuple(body), len(self.reading.statements), notes)


def _who(actor: Actor, report: int) -> Who:
    nameless = actor.kind is ActorKind.UNNAMED
    name = body_name(actor.name, actor.country or "") if actor.kind is ActorKind.BODY else actor.name
    return Who(
        name=_short(name, 100) or "Unnamed",
        kind=actor.kind.value,
        country=_short(actor.country or "", 8),
        role=_short(actor.role or "", 100),
        within=f"report {report}" if nameless else "",
    )


def _percent(confidence: float) -> str:
    return f"{min(1.0, max(0.0, confidence)) * 100:.0f}%"
