"""A read Doc's notes turned into a reading: token ranges into characters, indices into ids."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from spacy.tokens import Doc

from communique.identity import digest
from communique.model import Act, Condition, Issue, Mode, Reading, Relay, Report, Spans, Statement
from communique.reading.acts.stance import stances
from communique.reading.annotations import Attribution, Notes, notes_of
from communique.reading.attribution.dates import saying_dates
from communique.reading.tokens import Piece, Words


def assemble(doc: Doc, reader: str) -> Reading:
    """Return the reading of a Doc that the stages have been over; ``reader`` says what made it."""
    notes = notes_of(doc)
    report = notes.report or Report(id="", text=doc.text)
    words = notes.words
    if words is None:
        return Reading(report=report, reader=reader)
    ids = _Ids(report, words, notes.attributions)
    conditions = tuple(ids.condition(c) for c in notes.conditions)
    held: dict[str, list[Condition]] = {}
    for condition in conditions:
        if condition.statement:
            held.setdefault(condition.statement, []).append(condition)
    dates = saying_dates(words, notes.attributions, report.published)
    return Reading(
        report=report,
        actors=notes.cast.actors,
        statements=tuple(_statement(words, notes, i, ids.statements, held, said) for i, said in enumerate(dates)),
        conditions=conditions,
        issues=tuple(ids.issue(issue) for issue in notes.issues),
        reader=reader,
    )


class _Ids:
    """Names statements and conditions after the report and the place where their words stand.

    So the same report gives the same ids whatever is read beside it, and no two reports of a run share one.
    """

    def __init__(self, report: Report, words: Words, attributions: tuple[Attribution, ...]) -> None:
        self.report = report
        self.taken: set[str] = set()
        self.statements = [
            self._fresh("s", _spans(words, a.source), _spans(words, a.cue), _spans(words, a.content))
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
        words = [text[start:end] for spans in places for start, end in spans]
        name = letter + digest(self.report.id, *(tuple(map(tuple, spans)) for spans in places), *words)
        made, again = name, 1
        while made in self.taken:
            again += 1
            made = f"{name}-{again}"
        self.taken.add(made)
        return made


def _spans(words: Words, pieces: Iterable[Piece]) -> Spans:
    return tuple(words.span(piece) for piece in pieces)


def _statement(
    words: Words,
    notes: Notes,
    index: int,
    ids: list[str],
    held: dict[str, list[Condition]],
    said: tuple[str | None, Spans],
) -> Statement:
    attribution = notes.attributions[index]
    voice = notes.voices[index]
    own = ids[index]
    said_on, when = said
    content = _spans(words, attribution.content)
    about = notes.about[index] if notes.about else ()
    matters = [issue for name in about for issue in notes.issues if issue.id == name]
    # What somebody else said stands for itself; what he decided is what the criticism is about.
    meant = Mode.INTENDED if notes.acts[index] is Act.CRITICISE else None
    inside = [a.content for a in notes.attributions if a.parent == index and a.mode is not meant]
    inner = tuple(span for pieces in inside for span in _spans(words, pieces))
    return Statement(
        id=own,
        source=_spans(words, attribution.source),
        cue=_spans(words, attribution.cue),
        content=content,
        speaker=voice.speaker,
        chain=tuple(Relay(actor, words.span(piece)) for actor, piece in voice.chain),
        addressee=voice.addressee,
        manner=attribution.manner,
        mode=attribution.mode,
        act=notes.acts[index],
        parent=None if attribution.parent is None else ids[attribution.parent],
        responds_to=None if voice.responds_to is None else ids[voice.responds_to],
        about=about,
        conditions=tuple(condition.id for condition in held.get(own, ())),
        confidence=attribution.confidence,
        rule=attribution.rule,
        said_on=said_on,
        when=when,
        stances=stances(
            words.doc_text,
            notes.acts[index],
            content,
            matters,
            held.get(own, ()),
            _voices(notes, voice.speaker),
            inner,
        ),
    )


def _voices(notes: Notes, speaker: str | None) -> set[str]:
    """The speaker and those for whom it speaks."""
    principals = {actor.id: actor.principal for actor in notes.cast.actors}
    found: set[str] = set()
    while speaker and speaker not in found:
        found.add(speaker)
        speaker = principals.get(speaker)
    return found
