"""Token ranges: trimmed, cut and joined, never beyond the range that was given."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from communique.reading.grammar.token_ranges import cut, less, ranges, trim, trim_clause, without
from communique.reading.tokens import Tokens

Parse = Callable[[str], Tokens]
RANGES = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))


def test_a_content_loses_its_marks_and_keeps_quotation_marks(parsed: Parse) -> None:
    tokens = parsed(', "a sham" , and')
    assert tokens.surface(trim(tokens, (0, tokens.n))) == '"a sham"'


def test_a_clause_loses_linking_words_and_all_marks(parsed: Parse) -> None:
    tokens = parsed('that "the envoy leaves", but')
    piece = trim_clause(tokens, (0, tokens.n))
    assert piece is not None
    assert tokens.surface(piece) == "the envoy leaves"


def test_nothing_is_left_of_a_clause_without_a_word(parsed: Parse) -> None:
    tokens = parsed(", and then –")
    assert trim_clause(tokens, (0, tokens.n)) is None


def test_holes_are_cut_out(parsed: Parse) -> None:
    tokens = parsed("The talks, the envoy said, are over.")
    hole = (2, 7)
    assert [tokens.surface(p) for p in without(tokens, (0, tokens.n - 1), [hole])] == ["The talks", "are over"]
    assert [tokens.surface(p) for p in cut(tokens, (0, tokens.n), [hole])] == ["The talks", "are over"]


@given(RANGES, st.lists(RANGES, max_size=6))
def test_what_is_left_lies_within_and_touches_no_hole(piece: tuple[int, int], holes: list[tuple[int, int]]) -> None:
    left = {t for part in less(piece, holes) for t in range(*part)}
    assert left == set(range(*piece)) - {t for hole in holes for t in range(*hole)}


@given(st.sets(st.integers(0, 50)))
def test_indices_joined_are_those_given(indices: set[int]) -> None:
    joined = ranges(indices)
    assert [t for part in joined for t in range(*part)] == sorted(indices)
    assert all(one[1] < other[0] for one, other in pairwise(joined))
