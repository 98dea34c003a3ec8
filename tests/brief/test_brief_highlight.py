"""Marks that overlap and nest are cut into segments; evidence is shown within its sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.brief.highlight import MAX_REFS, Mark, clamp, paragraphs, segments, snippet
from communique.model import Span

marks_in_forty = st.lists(
    st.builds(
        lambda a, b, role, ref: Mark(min(a, b), max(a, b), role, ref),
        st.integers(0, 40),
        st.integers(0, 40),
        st.sampled_from(["source", "cue", "content"]),
        st.integers(1, 5),
    ),
    max_size=12,
)


@given(marks_in_forty, st.lists(st.integers(0, 40), max_size=4))
def test_segments_tile_the_text_and_carry_exactly_the_roles_over_them(marks: list[Mark], cuts: list[int]) -> None:
    found = segments(0, 40, marks, cuts)
    assert [i for s in found for i in range(s.start, s.end)] == list(range(40))
    for segment in found:
        for place in range(segment.start, segment.end):
            assert set(segment.roles) == {m.role for m in marks if m.start <= place < m.end}


def test_nested_spans_keep_the_outer_role_and_name_the_innermost_first() -> None:
    outer, inner = Mark(0, 30, "content", 1), Mark(10, 20, "source", 2)
    assert [(s.start, s.end, s.roles, s.refs) for s in segments(0, 30, [outer, inner])] == [
        (0, 10, ("content",), (1,)),
        (10, 20, ("content", "source"), (2, 1)),
        (20, 30, ("content",), (1,)),
    ]


def test_deep_nesting_names_a_bounded_number_of_spans() -> None:
    marks = [Mark(i, 2000 - i, "content", i) for i in range(900)]
    assert max(len(s.refs) for s in segments(0, 2000, marks)) == MAX_REFS


def test_spans_outside_the_text_are_cut_and_empty_ones_dropped() -> None:
    assert clamp([Span(-5, 3), Span(4, 4), Span(8, 99), Span(40, 50), Span(8, 99)], 10) == [Span(0, 3), Span(8, 10)]


def test_paragraphs_leave_out_line_breaks_and_a_mark_may_cross_them() -> None:
    text = "One two.\r\n\r\nThree."
    found = paragraphs(text, [Mark(4, 17, "content", 1)])
    assert [[(text[s.start : s.end], s.roles) for s in p] for p in found] == [
        [("One ", ()), ("two.", ("content",))],
        [("Three", ("content",)), (".", ())],
    ]


def test_evidence_is_the_sentence_around_the_marks() -> None:
    text = "It rained. In St. Petersburg he said that talks would resume. Nobody answered."
    start = text.index("that talks")
    found = snippet(text, [Mark(start, start + 23, "content")])
    assert "".join(text[s.start : s.end] for s in found) == "In St. Petersburg he said that talks would resume."
    assert [s.opens for s in found if s.roles] == [("content",)]


def test_long_evidence_is_elided() -> None:
    text = "He said " + "word " * 40_000 + "."
    found = snippet(text, [Mark(0, 2, "source"), Mark(8, len(text) - 1, "content")])
    assert any(s.gap for s in found)
    assert sum(s.end - s.start for s in found) < 2_000


@given(st.text(alphabet="ab. \n\ud800", max_size=60), marks_in_forty)
def test_evidence_never_fails_and_holds_every_short_mark(text: str, marks: list[Mark]) -> None:
    cut = [Mark(s, e, m.role) for m in marks for s, e in clamp([Span(m.start, m.end)], len(text))]
    shown = {i for s in snippet(text, cut) for i in range(s.start, s.end)}
    assert all(i in shown for m in cut for i in range(m.start, m.end))
