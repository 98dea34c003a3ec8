"""The model's shared word vectors, which its tagger and its parser find on the Doc."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc

from communique.reading.inference.word_vectors import WordVectors, so_many, word_vectors


@dataclass(frozen=True, slots=True, eq=False)
class SharedVectors:
    """The quick form of the component that makes the vectors."""

    given: Tok2Vec
    vectors: WordVectors

    def __call__(self, doc: Doc) -> Doc:
        """Put its words' vectors on the Doc; return it."""
        return next(self.pipe([doc], batch_size=1))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Put their words' vectors on the Docs, so many together."""
        for together in so_many(docs, batch_size):
            self.given.set_annotations(together, self.vectors(together))
            yield from together


def shared_vectors(component: Any) -> SharedVectors | None:
    """Return the quick form of a component that makes vectors; None where it is of another kind."""
    if type(component) is not Tok2Vec:
        return None
    vectors = word_vectors(component.model)
    return None if vectors is None else SharedVectors(component, vectors)
