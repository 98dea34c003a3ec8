"""Communique reads the news and keeps the diplomatic record.

    >>> import communique
    >>> reading = communique.read("The Kremlin said talks could resume only if Japan lifts its sanctions.")
    >>> [reading.report.text[start:end] for start, end in reading.conditions[0].antecedent]
    ['Japan lifts its sanctions']

Importing it is light: the language model's library is loaded at the first reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from communique.errors import (
    AnswerTooLarge,
    BadCodedStatement,
    BadDossier,
    BadFilter,
    BadNetwork,
    BadStandoff,
    CommuniqueError,
    ContradictoryPreference,
    CyclicStandoff,
    FetchFailed,
    FetchRefused,
    FrameRefused,
    JudgementRefused,
    MalformedLine,
    MergeRefused,
    MissingColumn,
    MissingExtra,
    MissingInput,
    ModelMissing,
    NetworkTooLarge,
    NewerRecord,
    NoFeasibleState,
    NotAFeed,
    NotARecord,
    NotEnglish,
    NotInRecord,
    NotText,
    OtherFeatures,
    OutputRefused,
    PartMissing,
    ReadingFailed,
    RecordBusy,
    RecordDamaged,
    RecordFailed,
    RecordGone,
    ReportTooLong,
    StandoffTooLarge,
    UnknownInStandoff,
    UnknownName,
    UnreadableReport,
)
from communique.model import (
    Act,
    Actor,
    ActorKind,
    Claim,
    Condition,
    ConditionKind,
    Event,
    Issue,
    Manner,
    Mode,
    Reading,
    Relay,
    Report,
    Span,
    Statement,
    as_json,
)

__version__ = "0.1.0"


def read(
    text: str,
    *,
    id: str | None = None,  # noqa: A002 - the name it has in a report
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    agency: str | None = None,
    published: str | None = None,
    model: str | None = None,
) -> Reading:
    """Read one report's text, and what is known of it.

    ``id`` defaults to a digest of the text, ``model`` (a spaCy model's name or folder) to the one that is installed
    with Communique. Raises ModelMissing, ReportTooLong where the text is over the model's limit (a million
    characters), ReadingFailed where a stage broke on it.
    """
    from communique.identity import report_id
    from communique.reading.pipeline import DEFAULT_MODEL
    from communique.reading.pipeline import read as read_report

    report = Report(
        id=id or report_id(text),
        text=text,
        title=title,
        url=url,
        outlet=outlet,
        author=author,
        agency=agency,
        published=published,
    )
    return read_report(report, model or DEFAULT_MODEL)


def read_all(
    reports: Iterable[Report],
    *,
    model: str | None = None,
    jobs: int = 1,
    failed: Callable[[CommuniqueError], None] | None = None,
) -> Iterator[Reading]:
    """Read reports, yielding their readings in order and holding a batch of them at a time.

    With ``jobs`` above 1 as many processes read; a script must then guard its entry with ``if __name__ ==
    "__main__"``, as multiprocessing asks. A report that cannot be read is left out and its error handed to
    ``failed``; without ``failed`` it is raised. Raises ModelMissing, ValueError where ``jobs`` is below 1.
    """
    from communique.reading.workers import read_each

    for outcome in read_each(reports, model, jobs):
        if not isinstance(outcome, CommuniqueError):
            yield outcome
        elif failed is None:
            raise outcome
        else:
            failed(outcome)


__all__ = [
    "Act",
    "Actor",
    "ActorKind",
    "AnswerTooLarge",
    "BadCodedStatement",
    "BadDossier",
    "BadFilter",
    "BadNetwork",
    "BadStandoff",
    "Claim",
    "CommuniqueError",
    "Condition",
    "ConditionKind",
    "ContradictoryPreference",
    "CyclicStandoff",
    "Event",
    "FetchFailed",
    "FetchRefused",
    "FrameRefused",
    "Issue",
    "JudgementRefused",
    "MalformedLine",
    "Manner",
    "MergeRefused",
    "MissingColumn",
    "MissingExtra",
    "MissingInput",
    "Mode",
    "ModelMissing",
    "NetworkTooLarge",
    "NewerRecord",
    "NoFeasibleState",
    "NotAFeed",
    "NotARecord",
    "NotEnglish",
    "NotInRecord",
    "NotText",
    "OtherFeatures",
    "OutputRefused",
    "PartMissing",
    "Reading",
    "ReadingFailed",
    "RecordBusy",
    "RecordDamaged",
    "RecordFailed",
    "RecordGone",
    "Relay",
    "Report",
    "ReportTooLong",
    "Span",
    "StandoffTooLarge",
    "Statement",
    "UnknownInStandoff",
    "UnknownName",
    "UnreadableReport",
    "__version__",
    "as_json",
    "read",
    "read_all",
]
