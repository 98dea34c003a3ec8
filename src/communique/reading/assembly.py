"""A read Doc's notes turned into a reading: token ranges into characters, indices into ids."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from communique.identity import digest
from communique.lexicon import listed
from communique.model import (
    Act,
    ActorKind,
    Condition,
    Issue,
    IssueStance,
    Mode,
    Reading,
    Relay,
    Report,
    Span,
    Spans,
    Statement,
)
from communique.reading.acts.stance import in_question, stances
from communique.reading.acts.statement_in_parse import parse_of
from communique.reading.annotations import Annotations, Attribution, annotations_of
from communique.reading.attribution.dates import saying_dates
from communique.reading.grammar.subjects import nominal_subject
from communique.reading.grammar.told_as_untrue import (
    disowned_clause,
    is_doubted,
    is_tried_by_another,
    is_what_a_condition_is_for,
    is_withheld,
)
from communique.reading.issues.assignments import AssignmentIndex
from communique.reading.party_confidence import must_act_confidence, speaker_confidence
from communique.reading.tokens import Tokens, TokenSpan


def assemble(doc: Doc, reader: str) -> Reading:
    """Return the reading of a Doc that the stages have been over; ``reader`` says what made it."""
    annotations = annotations_of(doc)
    report = annotations.report or Report(id="", text=doc.text)
    tokens = annotations.tokens
    if tokens is None:
        return Reading(report=report, reader=reader)
    ids = _Ids(report, tokens, annotations.attributions)
    likely = (must_act_confidence(tokens, annotations, c) for c in annotations.conditions)
    conditions = tuple(
        dataclasses.replace(ids.condition(c), must_act_confidence=p)
        for c, p in zip(annotations.conditions, likely, strict=True)
    )
    held: dict[str, list[Condition]] = {}
    for condition in conditions:
        if condition.statement:
            held.setdefault(condition.statement, []).append(condition)
    dates = saying_dates(tokens, annotations.attributions, report.published)
    view = _View.of(annotations, tokens)
    return Reading(
        report=report,
        actors=annotations.entities.actors,
        statements=_with_own_attitudes(
            [_statement(tokens, annotations, view, i, ids.statements, held, said) for i, said in enumerate(dates)]
        ),
        conditions=conditions,
        issues=tuple(ids.issue(issue) for issue in annotations.issues),
        reader=reader,
        frame=tuple(name for issue in annotations.frame.issues for name in issue.names) if annotations.frame else (),
    )


_NO_PARTY = frozenset((ActorKind.OUTLET, ActorKind.UNNAMED))


def _with_own_attitudes(statements: list[Statement]) -> tuple[Statement, ...]:
    """Give who says that he wants, or is ready for, something the stance that his attitude inside the words is."""
    own: dict[str, list[IssueStance]] = {}
    said = {statement.id: statement for statement in statements}
    for inner in statements:
        outer = said.get(inner.parent or "")
        if outer is None or not inner.stances or inner.mode is not Mode.INTENDED or inner.speaker != outer.speaker:
            continue
        if outer.act is Act.DENY or (outer.proposition is not None and outer.proposition.denied):
            continue
        own.setdefault(outer.id, []).extend(inner.stances)
    return tuple(_taking(statement, own.get(statement.id, ())) for statement in statements)


def _taking(statement: Statement, stances: Sequence[IssueStance]) -> Statement:
    taken = {stance.issue for stance in statement.stances}
    more = {stance.issue: stance for stance in stances if stance.issue in statement.about and stance.issue not in taken}
    return dataclasses.replace(statement, stances=(*statement.stances, *more.values())) if more else statement


@dataclass(frozen=True, slots=True)
class _View:
    """What statements are made from, by what each asks for: a statement must not look through all the others.

    ``inner`` are the attributions inside another, by its number; ``starts`` the places of an issue's mentions;
    ``parties`` tells which actors speak for somebody: no outlet, and nobody nameless; ``places`` why an attribution is
    about an issue.
    """

    inner: dict[int, list[Attribution]]
    issues: dict[str, Issue]
    starts: dict[str, list[int]]
    principals: dict[str, str | None]
    members: dict[str, tuple[str, ...]]
    parties: dict[str, bool]
    places: AssignmentIndex

    @classmethod
    def of(cls, annotations: Annotations, tokens: Tokens) -> _View:
        inner: dict[int, list[Attribution]] = {}
        for attribution in annotations.attributions:
            if attribution.parent is not None:
                inner.setdefault(attribution.parent, []).append(attribution)
        pointed: dict[str, list[Span]] = {}
        for name, place in annotations.pointers:
            pointed.setdefault(name, []).append(place)
        issues = {
            issue.id: dataclasses.replace(issue, mentions=tuple(sorted((*issue.mentions, *pointed.get(issue.id, ())))))
            for issue in annotations.issues
        }
        starts = {name: [mention.start for mention in issue.mentions] for name, issue in issues.items()}
        actors = annotations.entities.actors
        return cls(
            inner,
            issues,
            starts,
            {actor.id: actor.principal for actor in actors},
            {actor.id: actor.members for actor in actors},
            {actor.id: actor.kind not in _NO_PARTY for actor in actors},
            AssignmentIndex.of(annotations, tokens),
        )

    def within(self, name: str, content: Spans) -> Issue:
        """An issue with those of its mentions alone that can lie in the content."""
        issue, starts = self.issues[name], self.starts[name]
        first = bisect_left(starts, min(span.start for span in content)) if content else 0
        last = bisect_left(starts, max(span.end for span in content)) if content else 0
        return dataclasses.replace(issue, mentions=issue.mentions[first:last])

    def voices(self, speaker: str | None) -> set[str]:
        """The speaker and those for whom it speaks."""
        found: set[str] = set()
        while speaker and speaker not in found:
            found.add(speaker)
            found.update(self.members.get(speaker, ()))
            speaker = self.principals.get(speaker)
        return found


class _Ids:
    """Names statements and conditions after the report and the place where their words stand.

    So the same report gives the same ids whatever is read beside it, and no two reports of a run share one.
    """

    def __init__(self, report: Report, tokens: Tokens, attributions: tuple[Attribution, ...]) -> None:
        self.report = report
        self.taken: set[str] = set()
        self.statements = [
            self._fresh("s", _spans(tokens, a.source), _spans(tokens, a.cue), _spans(tokens, a.content))
            for a in attributions
        ]

    def statement(self, placeholder: str | None) -> str | None:
        """Return the id of the statement that a stage calls ``s<index>``."""
        return None if placeholder is None else self.statements[int(placeholder[1:])]

    def condition(self, condition: Condition) -> Condition:
        name = self._fresh("c", condition.cue, condition.antecedent, condition.consequent)
        return dataclasses.replace(condition, id=name, statement=self.statement(condition.statement))

    def issue(self, issue: Issue) -> Issue:
        claims = tuple(dataclasses.replace(c, statement=self.statement(c.statement)) for c in issue.claims)
        return dataclasses.replace(issue, claims=claims)

    def _fresh(self, letter: str, *places: Spans) -> str:
        text = self.report.text
        tokens = [text[start:end] for spans in places for start, end in spans]
        name = letter + digest(self.report.id, *(tuple(map(tuple, spans)) for spans in places), *tokens)
        made, again = name, 1
        while made in self.taken:
            again += 1
            made = f"{name}-{again}"
        self.taken.add(made)
        return made


def _spans(tokens: Tokens, pieces: Iterable[TokenSpan]) -> Spans:
    return tuple(tokens.span(piece) for piece in pieces)


def _statement(
    tokens: Tokens,
    annotations: Annotations,
    view: _View,
    index: int,
    ids: list[str],
    held: dict[str, list[Condition]],
    said: tuple[str | None, Spans],
) -> Statement:
    attribution = annotations.attributions[index]
    resolved = annotations.sources[index]
    own = ids[index]
    said_on, when = said
    content = _spans(tokens, attribution.content)
    about = annotations.about[index] if annotations.about else ()
    matters = [view.within(name, content) for name in about if name in view.issues]
    # What somebody else said stands for itself; what he decided is what the criticism is about.
    meant = Mode.INTENDED if annotations.acts[index] is Act.CRITICISE else None
    inside = [a.content for a in view.inner.get(index, ()) if a.mode is not meant]
    voices, actor_of = view.voices(resolved.speaker), annotations.entities.actor_of
    inner = tuple(span for pieces in inside for span in _spans(tokens, pieces))
    inner += _spans(tokens, _disowned(tokens, attribution, lambda i: actor_of.get(i, "") not in voices))
    foreign = _foreign(tokens, actor_of, voices, resolved.speaker or "")
    return Statement(
        id=own,
        source=_spans(tokens, attribution.source),
        cue=_spans(tokens, attribution.cue),
        content=content,
        speaker=resolved.speaker,
        chain=tuple(Relay(actor, tokens.span(piece)) for actor, piece in resolved.chain),
        addressee=resolved.addressee,
        manner=attribution.manner,
        mode=attribution.mode,
        act=annotations.acts[index],
        parent=None if attribution.parent is None else ids[attribution.parent],
        responds_to=None if resolved.responds_to is None else ids[resolved.responds_to],
        about=about,
        conditions=tuple(condition.id for condition in held.get(own, ())),
        confidence=attribution.confidence,
        rule=attribution.rule,
        said_on=said_on,
        when=when,
        stances=()
        if _hearsay(annotations, view, index) or _in_question(tokens, annotations, index)
        else stances(
            tokens.doc_text,
            annotations.acts[index],
            content,
            matters,
            held.get(own, ()),
            voices,
            inner,
            parse_of(tokens, attribution.cue_head, content, foreign),
        ),
        proposition=annotations.propositions[index] if annotations.propositions else None,
        speaker_confidence=speaker_confidence(tokens, annotations, index),
        assigned=view.places.assigned(about, content),
    )


def _foreign(
    tokens: Tokens, actor_of: Mapping[int, str], voices: Container[str], speaker: str
) -> Callable[[int], bool]:
    """Return what tells of a token whether it names somebody other than the speaker: "whoever wants it" is not he."""
    return lambda i: tokens.lower[i] in listed("closed_classes", "anybody") or actor_of.get(i, speaker) not in voices


def _disowned(tokens: Tokens, attribution: Attribution, foreign: Callable[[int], bool]) -> list[TokenSpan]:
    """Return the clauses of a content that it tells as not so, but for what a party denies of itself."""
    found: list[TokenSpan] = []
    for start, end in attribution.content:
        for t in range(start, end):
            if tokens.dep[t] not in ("acl", "ccomp", "relcl", "prep"):
                continue
            clause = None if tokens.dep[t] == "prep" else disowned_clause(tokens, t)
            if clause is None and (
                is_tried_by_another(tokens, t) or is_withheld(tokens, t) or is_what_a_condition_is_for(tokens, t)
            ):
                found.append(tokens.subtree(t))
            if clause != t:
                continue
            subject = nominal_subject(tokens, t)
            if is_doubted(tokens, t) or (subject is not None and foreign(subject)):
                found.append(tokens.subtree(t))
    return found


def _hearsay(annotations: Annotations, view: _View, index: int) -> bool:
    """Tell whether an attribution is what one party says of another's will: that is no word of the other's.

    What an outlet or somebody nameless passes on, and what the party's own voices say of it, stands.
    """
    own = view.voices(annotations.sources[index].speaker)
    parent = annotations.attributions[index].parent
    while parent is not None:
        around = annotations.attributions[parent]
        speaker = annotations.sources[parent].speaker
        if speaker is not None and around.construction.has_clause and view.parties.get(speaker, False):
            theirs = view.voices(speaker)
            stranger = not own & theirs and not _one_country(annotations, own, theirs)
            if stranger and not _in_office_somewhere(annotations, speaker):
                return True
        parent = around.parent
    return False


def _in_question(tokens: Tokens, annotations: Annotations, index: int) -> bool:
    """Tell whether an attribution stands in somebody's question: "Is it true that Peru has offered to sign?"."""
    content = _spans(tokens, annotations.attributions[index].content)
    parent = annotations.attributions[index].parent
    while parent is not None and content:
        around = annotations.attributions[parent]
        asked = annotations.acts[parent] is Act.ASK
        if asked and in_question(tokens.doc_text, content[-1], _spans(tokens, around.content)):
            return True
        parent = around.parent
    return False


def _in_office_somewhere(annotations: Annotations, speaker: str) -> bool:
    """Tell whether somebody holds an office of a state that the report does not tell: most likely of the one named."""
    actor = next((a for a in annotations.entities.actors if a.id == speaker), None)
    if actor is None or actor.country or actor.principal or not actor.role:
        return False
    last = actor.role.lower().split()[-1]
    return last in listed("offices", "heads", "office") or last in listed("offices", "heads", "spokes")


def _one_country(annotations: Annotations, own: set[str], theirs: set[str]) -> bool:
    countries = {actor.id: actor.country for actor in annotations.entities.actors}
    mine = {countries.get(name) for name in own} - {None}
    return bool(mine & {countries.get(name) for name in theirs})
