"""Statements, conditions and judgements as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), JSON-LD.

One annotation a line. A target is a stretch of the report with two selectors for the same words: the quote with what
stands around it, and the place, in characters (code points) of the text, as the model counts them (4.2.5). Ids are
``urn:communique:`` and the public key. Judgements are annotations on the annotation that they judge.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

from sqlalchemy import ColumnElement, Connection

from communique.model import Spans
from communique.record.decisions.anchors import quote_at
from communique.record.exchange.report_view import ReportView, report_views
from communique.record.judgement.judgement_list import listed

_NAMESPACE = "urn:communique:terms#"
_POINTING = ("report", "about", "conditions", "parent", "statement")
"""Terms whose values are the ids of other things, not words."""

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"communique": _NAMESPACE, **{f"communique:{term}": {"@type": "@id"} for term in _POINTING}},
]
_MOTIVATION = {"accept": "assessing", "reject": "assessing", "correct": "editing", "withdraw": "assessing"}


def write(connection: Connection, stream: BinaryIO, chosen: ColumnElement[bool] | None) -> None:
    """Write the annotations of the chosen reports' newest versions."""
    for annotation in each_annotation(connection, chosen):
        stream.write((json.dumps(annotation, ensure_ascii=False) + "\n").encode())


def each_annotation(connection: Connection, chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
    """Yield the annotations as plain values: for each report its statements, then its conditions; then judgements."""
    written: set[str] = set()
    for view in report_views(connection, chosen):
        for row in view.statements:
            written.add(row["id"])
            yield _annotation(view, "statement", row, ("content", "cue", "source"), _statement_body(view, row))
        for row in view.conditions:
            written.add(row["id"])
            yield _annotation(view, "condition", row, ("antecedent", "consequent", "cue"), _condition_body(view, row))
    for each in listed(connection):
        made = each.judgement
        if each.key_now in written:
            yield {
                "@context": CONTEXT,
                "id": _urn("judgement", made.uid),
                "type": "Annotation",
                "motivation": _MOTIVATION[made.verdict],
                "creator": {"type": "Person", "name": made.by},
                "created": made.at,
                "body": [
                    {
                        "type": "TextualBody",
                        "purpose": "assessing",
                        "value": made.verdict.value,
                        "format": "text/plain",
                    },
                    *([{"type": "TextualBody", "purpose": "commenting", "value": made.note}] if made.note else []),
                ],
                "target": _urn(made.kind, each.key_now or made.key),
            }


def _annotation(
    view: ReportView, kind: str, row: Mapping[str, Any], roles: tuple[str, ...], body: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": _urn(kind, row["id"]),
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"type": "Software", "name": view.reader},
        "body": [
            {
                "type": "TextualBody",
                "purpose": "tagging",
                "value": body["communique:act" if kind == "statement" else "communique:kind"],
            },
            {name: value for name, value in body.items() if value not in (None, [])},
        ],
        "target": [target for role in roles for target in _targets(view, role, row[role])],
    }


def _targets(view: ReportView, role: str, spans: Spans) -> Iterator[dict[str, Any]]:
    for span in spans:
        words = quote_at(view.text, span)
        yield {
            "type": "SpecificResource",
            "communique:role": role,
            "source": view.report.url or _urn("report", view.held.key),
            "selector": [
                {"type": "TextQuoteSelector", "exact": words.exact, "prefix": words.prefix, "suffix": words.suffix},
                {"type": "TextPositionSelector", "start": words.start, "end": words.end},
            ],
        }


def _statement_body(view: ReportView, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "communique:Statement",
        "communique:report": _urn("report", view.held.key),
        "communique:act": row["act"],
        "communique:speaker": _actor(view, row["speaker"]),
        "communique:chain": [_actor(view, relay.actor) for relay in row["chain"]],
        "communique:addressee": [_actor(view, name) for name in row["addressee"]],
        "communique:manner": row["manner"],
        "communique:mode": row["mode"],
        "communique:about": [_urn("issue", view.issues.get(name, name)) for name in row["about"]],
        "communique:conditions": [_urn("condition", name) for name in row["conditions"]],
        "communique:parent": _urn("statement", row["parent"]) if row["parent"] else None,
        "communique:said_on": row["said_on"],
        "communique:confidence": row["confidence"],
        "communique:speaker_confidence": row["speaker_confidence"],
        "communique:verdict": row["verdict"],
    }


def _condition_body(view: ReportView, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "communique:Condition",
        "communique:report": _urn("report", view.held.key),
        "communique:kind": row["kind"],
        "communique:statement": _urn("statement", row["statement"]) if row["statement"] else None,
        "communique:holder": _actor(view, row["holder"]),
        "communique:must_act": _actor(view, row["must_act"]),
        "communique:confidence": row["confidence"],
        "communique:must_act_confidence": row["must_act_confidence"],
        "communique:verdict": row["verdict"],
    }


def _actor(view: ReportView, name: str | None) -> dict[str, Any] | None:
    if name is None:
        return None
    party = view.party(name)
    if party is None:
        return {"id": _urn("actor", name)}
    return {"id": _urn("actor", party.key), "communique:name": party.root_name, "communique:country": party.country}


def _urn(kind: str, key: str) -> str:
    return f"urn:communique:{kind}:{quote(key, safe='')}"
