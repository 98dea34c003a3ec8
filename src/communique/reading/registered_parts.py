"""The extractors, scorers and resolvers that there are, by name: ours and those of other packages.

They are registered as entry points of three groups. An entry point leads to a function without arguments that makes
the part; it is called once each time a pipeline is put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, PackageNotFoundError, distribution, entry_points
from typing import Any, Generic, TypeVar

from communique.errors import CommuniqueError, OtherFeatures, PartMissing
from communique.reading.protocols import Extractor, Resolver, Scorer, Text

GROUPS = {
    "extractor": "communique.extractors",
    "scorer": "communique.scorers",
    "resolver": "communique.resolvers",
}

Found = TypeVar("Found")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Task(Generic[Found, Result]):
    """One task of reading: extractor, scorer and resolver, each chosen by name."""

    extractor: Extractor[Found]
    scorer: Scorer[Found]
    resolver: Resolver[Found, Result]

    def __call__(self, text: Text) -> Result:
        """Return the task's result for a text; raises ValueError where a scorer breaks its contract."""
        found = self.extractor(text)
        scores = self.scorer(text, found)
        _check(found, scores)
        return self.resolver(text, found, scores)


def _check(found: Sequence[object], scores: Sequence[float]) -> None:
    if len(scores) != len(found):
        raise ValueError(f"the scorer gave {len(scores)} scores for {len(found)} things found")
    if not all(0.0 <= score <= 1.0 for score in scores):
        raise ValueError("the scorer gave a score that is not from 0 to 1")


def task(extractor: str, scorer: str, resolver: str, features: str = "") -> Task[Any, Any]:
    """Put a task together from the names of its parts; ``features`` is the digest of what its scorers can be fitted on.

    Raises PartMissing where there is no part of a name, or it cannot be made; OtherFeatures where the scorer was fitted
    on other features.
    """
    return Task(part("extractor", extractor), _fitting(scorer, features), part("resolver", resolver))


def part(kind: str, name: str) -> Any:
    """Make a part: an "extractor", "scorer" or "resolver". Raises PartMissing where that cannot be done."""
    entry = _entry(kind, name)
    try:
        return entry.load()()
    except CommuniqueError:
        raise
    # Another package's part may break in any way.
    except Exception as error:
        raise PartMissing(f"{kind} {name}", f"it cannot be loaded ({type(error).__name__}: {error})") from error


def made_by(kind: str, name: str) -> str:
    """Return a part's name with the package and version that brought it, where that is not this one."""
    made = _entry(kind, name).dist
    return name if made is None or made.name == "communique" else f"{name} ({made.name} {made.version})"


def _fitting(name: str, features: str) -> Scorer[Any]:
    scorer: Scorer[Any] = part("scorer", name)
    fitted_on = scorer.features
    if fitted_on and fitted_on != features:
        today = f"this version's are {features}" if features else "there are none for this task"
        raise OtherFeatures(f"scorer {name}", f"it was fitted on the features {fitted_on}; {today}; fit it again")
    return scorer


@cache
def _ours() -> dict[tuple[str, str], EntryPoint]:
    """Our own entry points by group and name: to ask every package for them would cost each start."""
    try:
        return {(entry.group, entry.name): entry for entry in distribution("communique").entry_points}
    except PackageNotFoundError:  # run from its source alone
        return {}


def _entry(kind: str, name: str) -> EntryPoint:
    """Return the entry point of a name. Ours come first: no other package takes their place unseen."""
    group = GROUPS[kind]
    own = _ours().get((group, name))
    if own is not None:
        return own
    every = entry_points(group=group)
    others = {entry.value: entry for entry in every if entry.name == name}
    if len(others) == 1:
        return next(iter(others.values()))
    if others:
        raise PartMissing(f"{kind} {name}", f"more than one package brings it: {', '.join(sorted(others))}")
    known = ", ".join(sorted({entry.name for entry in every}))
    raise PartMissing(f"{kind} {name}", f"no installed package brings it; there are {known}")
