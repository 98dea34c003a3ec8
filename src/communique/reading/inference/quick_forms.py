"""Which of a model's components have a quick form here, and a pipeline with those in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from communique.reading.inference.name_moves import NameMoves, name_moves
from communique.reading.inference.shared_vectors import SharedVectors, shared_vectors

Component = Callable[[Doc], Doc]
QuickForm = NameMoves | SharedVectors


def quick_forms(nlp: Language) -> tuple[QuickForm, ...]:
    """Return the quick forms of a pipeline's components; those that are of another kind than ours have none."""
    components: list[Any] = [component for _, component in nlp.pipeline]
    made = [shared_vectors(component) or name_moves(component) for component in components]
    return tuple(form for form in made if form is not None)


def quickened(steps: Iterable[tuple[str, Component]], forms: Sequence[QuickForm]) -> list[tuple[str, Component]]:
    """Return the steps, each that has a quick form replaced by it."""
    place: dict[int, Component] = {id(form.given): form for form in forms}
    return [(name, place.get(id(component), component)) for name, component in steps]
