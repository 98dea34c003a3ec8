"""Everything that can go wrong on purpose: one root, and a class for each kind that is also the matching built-in."""

from __future__ import annotations

import errno

_NO_SEGMENT = (
    "failed to map segment",
    "cannot allocate memory",
    "unable to allocate",
    "could not reserve memory",
    "support requires blis",
)
"""What loaders of libraries and NumPy say where memory is short; to thinc a library that did not load is missing."""


class CommuniqueError(Exception):
    """The root. ``str()`` names the input and the reason; ``where`` and ``reason`` hold them apart."""

    def __init__(self, where: str, reason: str) -> None:
        """Take the input's name (a file, ``file:line``, a report's id) and, in words, what is wrong with it."""
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class UnreadableReport(CommuniqueError, ValueError):
    """An input that holds no report that can be read."""


class ReportTooLong(UnreadableReport):
    """An input beyond the limit on a report's length."""


class NotText(UnreadableReport):
    """An input that is not text, whatever its name says."""


class NotEnglish(UnreadableReport):
    """A text in another language."""


class MissingInput(CommuniqueError, OSError):
    """A file or folder that is not there, or cannot be opened."""


class OutputRefused(CommuniqueError, OSError):
    """A file that is not written to: it is the record, part of one, or an input."""


class ModelMissing(CommuniqueError, OSError):
    """A language model that is not installed, or cannot be loaded."""


class PartMissing(ModelMissing, LookupError):
    """An extractor, scorer or resolver that no installed package brings, or that cannot be loaded."""


class OtherFeatures(ModelMissing, ValueError):
    """A scorer that was fitted on other features than those which this version makes."""


class ReadingFailed(CommuniqueError, RuntimeError):
    """A report on which a stage of the reading broke, or whose worker process died."""


class NotARecord(CommuniqueError, ValueError):
    """A file or database that is not a record, and is left as it is."""


class RecordDamaged(NotARecord):
    """A record whose file is damaged: nothing more is written to it."""


class NewerRecord(CommuniqueError, ValueError):
    """A record that a newer version wrote, and this one does not know how to read."""


class RecordBusy(CommuniqueError, TimeoutError):
    """A record that another process kept locked for longer than it was waited for."""


class RecordFailed(CommuniqueError, OSError):
    """A record that cannot be read or written: a full disk, a read-only file, a server out of reach."""


class RecordGone(RecordFailed):
    """A record whose file was moved, removed, replaced or written over while it was open: nothing more goes into it."""


class NotInRecord(CommuniqueError, LookupError):
    """A statement, condition, actor or issue of which the record knows nothing."""


class JudgementRefused(CommuniqueError, ValueError):
    """A judgement that cannot stand: nobody signed it, or it corrects what cannot be so."""


class MergeRefused(CommuniqueError, ValueError):
    """A merge or its undoing that would change nothing, or join what cannot be one."""


class FrameRefused(CommuniqueError, ValueError):
    """A change of the frame that would change nothing, or names what is not in it."""


class MalformedLine(CommuniqueError, ValueError):
    """A line of a hand-over that cannot be taken in; the others are."""


class UnknownName(CommuniqueError, LookupError):
    """An actor, issue or other thing that the record does not know, or knows more than one of by that name."""


class MissingExtra(CommuniqueError, ImportError):
    """An optional package that something needs and that is not installed; the reason says how to install it."""


class BadFilter(CommuniqueError, ValueError):
    """A filter, search or sort that the record cannot answer: a date that is none, a search without words."""


class BadDossier(CommuniqueError, ValueError):
    """A dossier file that is not written as one; the reason names the key."""


class BadStandoff(CommuniqueError, ValueError):
    """A graph model that is not written as one; ``where`` names the file and the place in it."""


class UnknownInStandoff(BadStandoff, LookupError):
    """An option, state, decision maker or definition that the graph model does not have."""


class CyclicStandoff(BadStandoff):
    """Definitions or included files of a graph model that lead back to themselves."""


class ContradictoryPreference(BadStandoff):
    """A preference that cannot be held: two statements that exclude each other, or one that no state fulfils."""


class NoFeasibleState(BadStandoff):
    """A graph model whose infeasible combinations leave no state."""


class StandoffTooLarge(CommuniqueError, ValueError):
    """A graph model over the limit on its size; the reason gives the size and the limit."""


class FetchRefused(CommuniqueError, ValueError):
    """An address from which nothing is fetched: not of the web, not public, or with credentials in it."""


class FetchFailed(CommuniqueError, OSError):
    """An address that could not be had: no such host, no answer in time, a broken answer, a status that is no page."""


class AnswerTooLarge(FetchFailed):
    """An answer beyond a limit on its size, of which no more was read."""


class NotAFeed(CommuniqueError, ValueError):
    """What was to be a feed and is none: a page, a picture, nothing that can be read as RSS, Atom or a JSON Feed."""


class BadNetwork(CommuniqueError, ValueError):
    """Settings of a network that do not go together, or that its statements cannot fill."""


class MissingColumn(CommuniqueError, LookupError):
    """A table of coded statements without a column that was asked for; the reason names those that it has."""


class BadCodedStatement(CommuniqueError, ValueError):
    """A row of coded statements that cannot be counted; the others are."""


class NetworkTooLarge(CommuniqueError, ValueError):
    """A network, or a series of them, over the limit on its size; the reason gives the size and the limit."""


_LOST = "exception set"
"""What Python says of compiled code that failed without saying why, as it does where it could not even say that."""


def out_of_memory(error: BaseException) -> bool:
    """Whether an error comes of too little memory, by itself or by what it was raised from."""
    seen: BaseException | None = error
    while seen is not None:
        said = str(seen).lower() if isinstance(seen, (ImportError, OSError, MemoryError, ValueError)) else ""
        if isinstance(seen, SystemError) and _LOST in str(seen):
            return True
        if isinstance(seen, MemoryError) or any(words in said for words in _NO_SEGMENT):
            return True
        if isinstance(seen, OSError) and seen.errno == errno.ENOMEM:
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def breakage(error: BaseException) -> str:
    """Say what broke something that was not ours, in words for a reason."""
    return "there is not enough memory" if out_of_memory(error) else f"{type(error).__name__}: {error}"
