"""Reports as spaCy documents in one DocBin, to train or to look at: spans by role in ``doc.spans``.

The groups are ``statements`` (from a statement's first word to its last, labelled with the act), ``source``, ``cue``
and ``content`` (labelled so), ``conditions``, ``antecedent`` and ``consequent``. A span's id is the public key. Words
are cut by spaCy's blank English; a span whose edge is inside a word is widened to the word. A DocBin is written at
once, so all chosen documents are in memory, as tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from sqlalchemy import ColumnElement, Connection

from communique.model import Span
from communique.record.exchange.report_view import ReportView, report_views

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

GROUPS = ("statements", "source", "cue", "content", "conditions", "antecedent", "consequent")
_MOST_CHARACTERS = 10_000_000
"""Of a text: no parser runs here, so that its own limit is none."""


def write(connection: Connection, stream: BinaryIO, chosen: ColumnElement[bool] | None) -> None:
    """Write a DocBin of the chosen reports' newest versions, what is known of each in ``doc.user_data``."""
    import spacy
    from spacy.tokens import DocBin

    language = spacy.blank("en")
    language.max_length = _MOST_CHARACTERS
    docs = DocBin(store_user_data=True)
    for view in report_views(connection, chosen):
        docs.add(_doc(language, view))
    stream.write(docs.to_bytes())


def _doc(language: Language, view: ReportView) -> Doc:
    doc = language.make_doc(view.text)
    report = view.report
    doc.user_data.update(
        {
            "report": view.held.key,
            "reader": view.reader,
            **{name: getattr(report, name) for name in ("title", "outlet", "published", "url", "author", "agency")},
            "verdicts": {row["id"]: row["verdict"] for row in (*view.statements, *view.conditions) if row["verdict"]},
            "speakers": {row["id"]: party.key for row in view.statements if (party := view.party(row["speaker"]))},
        }
    )
    groups: dict[str, list[Any]] = {name: [] for name in GROUPS}
    for row in view.statements:
        _add(doc, groups, row, "statements", row["act"], ("source", "cue", "content"))
    for row in view.conditions:
        _add(doc, groups, row, "conditions", row["kind"], ("cue", "antecedent", "consequent"))
    for name, spans in groups.items():
        doc.spans[name] = spans
    return doc


def _add(
    doc: Doc, groups: dict[str, list[Any]], row: Mapping[str, Any], whole: str, label: str, roles: Iterable[str]
) -> None:
    places = [span for role in roles for span in row[role] if span.end > span.start]
    if places:
        hull = Span(min(span.start for span in places), max(span.end for span in places))
        groups[whole] += _span(doc, hull, str(label), row["id"])
    for role in roles:
        # Cues of conditions are no attributions' cues.
        if role in groups and not (whole == "conditions" and role == "cue"):
            for span in row[role]:
                groups[role] += _span(doc, span, role, row["id"])


def _span(doc: Doc, span: Span, label: str, key: str) -> list[Any]:
    if span.end <= span.start:
        return []
    found = doc.char_span(span.start, span.end, label=label, span_id=key, alignment_mode="expand")
    return [] if found is None else [found]
