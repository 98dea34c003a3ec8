"""What the analyses compare is what people corrected: a statement whose words were mended says the new words."""

from __future__ import annotations

from communique.analysis.evidence import Evidence, newest
from communique.record import Record
from record_samples import put, reading

READING = reading()
TEXT = READING.report.text
STATEMENT, CONDITION = READING.statements[0], READING.conditions[0]


def evidence(record: Record) -> Evidence:
    with record.reading() as connection:
        return next(e for e in newest(connection) if e.key == STATEMENT.id)


def test_a_corrected_content_is_what_is_compared(record: Record) -> None:
    put(record, READING)
    start = TEXT.index("treaty talks")
    before = evidence(record)
    record.judge("statement", STATEMENT.id, "correct", by="Aiko", correction={"content": [[start, start + 12]]})
    after = evidence(record)
    assert (after.content, after.proposition.terms) == ("treaty talks", ("treaty", "talk"))
    assert after.at == ((start, start + 12),)
    assert before.content != after.content
    record.judge("statement", STATEMENT.id, "withdraw", by="Aiko")
    assert evidence(record) == before


def test_a_corrected_antecedent_is_what_is_asked(record: Record) -> None:
    put(record, READING)
    start = TEXT.index("treaty talks")
    record.judge("condition", CONDITION.id, "correct", by="Aiko", correction={"antecedent": [[start, start + 12]]})
    (held,) = evidence(record).conditions
    assert (held.antecedent, held.asks.terms) == ("treaty talks", ("treaty", "talk"))
