"""Attributions without a verb of their own: nouns, adjectives, "according to", viewpoints, headlines, hearsay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from communique.lexicon.cues import cues
from communique.model import Mode
from communique.reading.attribution.candidates import (
    LONGEST_LOOK,
    Candidate,
    has_word,
    noun_phrase,
    ranges,
    subject_of,
    trim,
    verb_group,
    without,
)
from communique.reading.attribution.content_spans import cut_at_next_cue
from communique.reading.segmentation.quotations import paragraphs
from communique.reading.tokens import Piece, Words

_NOUN_PREPS = {"of", "for", "to", "about", "on", "over", "against", "with", "in", "at", "from", "by", "that"}
_ACTORS = {"GPE", "ORG", "PERSON", "NORP"}


def phrase_candidates(words: Words, quoted: frozenset[int]) -> Iterator[Candidate]:
    """Yield the candidates that nouns, adjectives, prepositions and punctuation introduce.

    ``quoted`` are the tokens inside quotations: a semicolon there does not end a clause.
    """
    yield from _turns(words)
    lexicon = cues()
    nouns, adjectives, hearsay = lexicon.nouns, lexicon.adjectives, lexicon.hearsay
    pos, lemma, lower = words.pos, words.lemma, words.lower
    for i in range(words.n):
        kind = pos[i]
        if kind == "NOUN":
            classes = nouns.get(lemma[i])
            if classes is not None:
                yield from _noun(words, i, min(classes))
        elif kind == "ADJ" or (kind == "VERB" and words.tag[i] == "VBN"):
            classes = adjectives.get(lower[i])
            if classes is not None:
                yield from _adjective(words, i, min(classes))
        if lower[i] == "according":
            yield from _according(words, i, quoted)
        elif lower[i] in {"in", "by"} and pos[i] == "ADP":
            yield from _in_view(words, i, quoted)
        elif lower[i] in {"for", "to"} and pos[i] in {"ADP", "SCONJ"}:
            yield from _in_view(words, i, quoted)
            yield from _viewpoint(words, i, quoted)
        elif lower[i] == ":":
            yield from _headline(words, i)
        elif kind == "ADV" and lower[i] in hearsay:
            yield from _hearsay(words, i, quoted)


def _noun(words: Words, i: int, name: str) -> Iterator[Candidate]:
    content, clause, rule = _noun_content(words, i)
    light: int | None = None
    head = words.head[i]
    if words.dep[i] in {"dobj", "attr"} and words.lemma[head] in cues().sets["light"]:
        light = head
    source = words.child(i, "poss")
    if source is None:
        source = _agent(words, i)
    if source is None:
        source = next(
            (
                c
                for c in words.children[i]
                if words.dep[c] in {"amod", "compound"} and words.entity[c] in {"NORP", "GPE", "ORG", "PERSON"}
            ),
            None,
        )
    if source is None and light is not None:
        source = subject_of(words, light)
    if content is None or (source is None and light is None and rule != "noun-that"):
        return
    pieces: tuple[Piece, ...] = ()
    if source is not None:
        pieces = (noun_phrase(words, source),)
        if words.lower[pieces[0][1] - 1] in {"'s", "'", "’s", "’"}:
            pieces = ((pieces[0][0], pieces[0][1] - 1),)
    members = [i] if light is None else [i, *(t for a, b in verb_group(words, light) for t in range(a, b))]
    if light is not None:
        rule += "-light"
    spans = tuple(q for q in without(words, content, pieces))
    if spans:
        yield Candidate(pieces, source, ranges(members), i, spans, clause, rule, name, cues().modes[name])


def _agent(words: Words, i: int) -> int | None:
    """As in "Remarks by the minister", "calls from Republicans", "a statement of the ministry"."""
    for child in words.children[i]:
        if words.dep[child] in {"prep", "agent"} and words.lower[child] in {"by", "from"}:
            return words.child(child, "pobj")
    return None


def _noun_content(words: Words, i: int) -> tuple[Piece | None, int | None, str]:
    for child in words.children[i]:
        if child < i:
            continue
        dep = words.dep[child]
        if dep in {"acl", "ccomp", "relcl"}:
            marker = words.child(child, "mark")
            if marker is not None and words.lower[marker] in {"that", "whether", "if"}:
                return cut_at_next_cue(words, words.subtree(child), child), child, "noun-that"
            to = words.child(child, "aux")
            if dep == "acl" and to is not None and words.lower[to] == "to":
                return cut_at_next_cue(words, words.subtree(child), child), child, "noun-to"
            if dep == "acl" and words.tag[child] == "VBG" and words.lemma[child] in cues().strong:
                inner = words.child(child, "ccomp", "dobj")
                if inner is not None:
                    return words.subtree(inner), inner, "noun-saying"
    being = words.head[i]
    told = words.child(being, "ccomp") if words.dep[i] == "nsubj" and words.lemma[being] == "be" else None
    if told is not None and told > being and words.lower[words.left[told]] == "that":
        return cut_at_next_cue(words, words.subtree(told), told), told, "noun-that"
    torn = _torn_clause(words, i)
    if torn is not None:
        return torn, None, "noun-that"
    for child in words.children[i]:
        if child > i and words.dep[child] == "prep" and words.lower[child] in _NOUN_PREPS - {"by", "from"}:
            inner = words.child(child, "pobj", "pcomp")
            if inner is not None and words.entity[inner] not in {"DATE", "TIME"}:
                piece = (child + 1, _before_judgement(words, i, child + 1, words.right[child] + 1))
                return piece, inner, f"noun-{words.lower[child]}"
    return None, None, ""


def _before_judgement(words: Words, i: int, start: int, end: int) -> int:
    """As in "dismissed the proposal for talks as a dream": what follows "as" is what another calls it."""
    if words.dep[i] != "dobj" or words.lemma[words.head[i]] not in cues().sets["judging"]:
        return end
    return next((t for t in range(start + 1, end) if words.lower[t] == "as" and words.tag[t] == "IN"), end)


def _torn_clause(words: Words, i: int) -> Piece | None:
    """As in "Putin's remarks that talks could resume": what follows "that", where the parse made two clauses of it."""
    last = words.sentences[words.sentence[i]][1]
    if i + 3 >= last or words.lower[i + 1] != "that" or not words.has_child(i, "poss"):
        return None
    # "Remarks that angered Tokyo" tells of the remarks; "that talks on ..." only looks like it.
    if words.tag[i + 2] in {"VBD", "VBP", "MD"} or (words.tag[i + 2] == "VBZ" and words.pos[i + 3] != "ADP"):
        return None
    return cut_at_next_cue(words, (i + 1, last), None)


def _adjective(words: Words, i: int, name: str) -> Iterator[Candidate]:
    verb = words.head[i]
    copular = words.dep[i] in {"acomp", "oprd", "xcomp", "attr"} and words.lemma[verb] in cues().sets["copulas"]
    if words.tag[i] == "VBN" and words.has_child(i, "auxpass"):
        # "is committed to": the parser takes the adjective for a passive.
        verb, copular = i, True
    inner = clause = words.child(i, "ccomp", "xcomp")
    rule = "adjective-clause"
    piece: Piece | None = None
    if inner is not None and inner > i:
        piece = words.subtree(inner)
    else:
        for child in words.children[i]:
            if child > i and words.dep[child] == "prep":
                clause = words.child(child, "pobj", "pcomp")
                if clause is not None:
                    piece, rule = (child + 1, words.right[child] + 1), f"adjective-{words.lower[child]}"
                    break
    if piece is None:
        return
    source = subject_of(words, verb) if copular else (words.head[i] if words.dep[i] in {"amod", "acl"} else None)
    if words.dep[i] == "conj" and source is None:
        source = subject_of(words, words.head[verb])
    if source is None or words.lower[source] == "there":
        return
    if words.lower[source] == "it" and rule == "adjective-clause" and name != "intent":
        return
    piece = cut_at_next_cue(words, piece, clause)
    members = [i, *(t for a, b in verb_group(words, verb) for t in range(a, b))] if copular else [i]
    if copular and words.tag[i] == "VBN":
        rule += "-participle"
    content = without(words, piece, ())
    if content:
        source_piece = noun_phrase(words, source)
        if source_piece[0] <= i < source_piece[1]:
            source_piece = (source_piece[0], i)
        if source_piece[0] < source_piece[1]:
            yield Candidate(
                (source_piece,), source, ranges(members), i, content, clause, rule, name, cues().modes[name]
            )


def _clause_bounds(words: Words, i: int, quoted: frozenset[int]) -> Piece:
    """The stretch of the sentence around i between semicolons."""
    first, last = words.sentences[words.sentence[i]]
    first, last = max(first, i - LONGEST_LOOK), min(last, i + LONGEST_LOOK)
    for k in range(i - 1, first - 1, -1):
        if (words.text[k] == ";" and k not in quoted) or words.pos[k] == "SPACE" and "\n" in words.text[k]:
            first = k + 1
            break
    for k in range(i + 1, last):
        if words.text[k] == ";" and k not in quoted:
            last = k
            break
    return first, last


def _according(words: Words, i: int, quoted: frozenset[int]) -> Iterator[Candidate]:
    to = i + 1
    if to >= words.n or words.lower[to] != "to":
        return
    inner = words.child(to, "pobj", "pcomp")
    if inner is None:
        return
    phrase = (i, max(words.right[to], inner) + 1)
    first, last = _clause_bounds(words, i, quoted)
    while first > 0 and first - 1 in quoted:
        # `"...," X said, according to Y`: the parser may end the sentence with the quotation.
        first -= 1
    if i > first + 2:
        # A phrase at the end, or in the middle: the source ends where the next comma after its head stands.
        phrase = (i, min(phrase[1], last))
    source = noun_phrase(words, inner)
    rule = "according" if i > first + 2 else "according-first"
    holes = [phrase]
    content = without(words, (first, last), holes)
    if i > first + 2 and phrase[1] >= last - 1:
        content = content[:1]
    if content:
        yield Candidate((source,), inner, ((i, to + 1),), i, content, None, rule, "say", Mode.SAID)


def _in_view(words: Words, i: int, quoted: frozenset[int]) -> Iterator[Candidate]:
    noun = words.child(i, "pobj")
    if noun is None or words.lower[noun] not in cues().sets["possessed"]:
        return
    source = words.child(noun, "poss")
    if source is None:
        of = next((c for c in words.children[noun] if words.lower[c] == "of"), None)
        source = words.child(of, "pobj") if of is not None else None
    if source is None:
        return
    first, last = _clause_bounds(words, i, quoted)
    content = without(words, (first, last), ((i, words.right[i] + 1),))
    if content:
        piece = noun_phrase(words, source)
        yield Candidate(
            (piece,),
            source,
            ((i, noun + 1),) if source > noun else ((i, i + 1), (noun, noun + 1)),
            noun,
            content,
            None,
            "in-view",
            "think",
            Mode.BELIEVED,
        )


def _viewpoint(words: Words, i: int, quoted: frozenset[int]) -> Iterator[Candidate]:
    first, last = _clause_bounds(words, i, quoted)
    if i > first + 1 or (i == first + 1 and words.pos[first] not in {"CCONJ", "PUNCT", "ADV"}):
        return
    inner = words.child(i, "pobj")
    if inner is None or inner > i + 6 or words.entity[inner] not in _ACTORS and words.pos[inner] != "PROPN":
        return
    end = words.right[inner] + 1
    comma = next((k for k in range(inner + 1, min(end + 1, last)) if words.text[k] == ","), None)
    if comma is None or comma + 2 >= last:
        return
    content = without(words, (comma + 1, last), ())
    main = next((k for k in range(comma + 1, last) if words.tag[k] in {"VBZ", "VBP", "MD"}), None)
    if content and main is not None:
        piece = trim(words, (words.left[inner], comma))
        yield Candidate((piece,), inner, ((i, i + 1),), i, content, None, "viewpoint", "think", Mode.BELIEVED)


def _headline(words: Words, i: int) -> Iterator[Candidate]:
    first, last = _line(words, i)
    while first < i and words.pos[first] == "SPACE":
        first += 1
    line = first
    bullet = words.doc_text[words.start[first] - 2 : words.start[first]].strip()[-1:] in _BULLETS
    while first < i and words.pos[first] in {"SPACE", "PUNCT", "SYM"}:
        first += 1
    if not 0 < i - first <= 6 or last - i < 3 or words.text[i + 1] == "\n":
        return
    before = range(first, i)
    if any(words.pos[k] in {"VERB", "AUX", "NUM"} for k in before):
        return
    if not any(words.pos[k] in {"PROPN", "NOUN"} for k in before):
        return
    end = last
    content = without(words, (i + 1, end), ())
    # "NEW DELHI: India will ..." at the head of a whole sentence is where it was written.
    placed = all(words.text[k].isupper() for k in before) and words.text[last - 1] == "." and i - first < 4
    if placed or _speaks_itself(words, i + 1, last):
        return
    if content and has_word(words, (first, i)):
        quoted = "-quote" if words.text[i + 1] in {'"', "'", "''"} else ""
        start = "first" if words.sentence[i] == 0 else "later"
        if (bullet or words.text[last - 1] not in {".", "!", "?", '"'}) and _fills_line(words, line, last):
            start = "line"
        yield Candidate(
            (trim(words, (first, i)),),
            i - 1,
            ((i, i + 1),),
            i,
            content,
            None,
            f"headline-{start}{quoted}",
            "say",
            Mode.SAID,
        )


def _speaks_itself(words: Words, start: int, last: int) -> bool:
    """As in "Sudan: army says it has retaken the palace": what stands before the colon is where, not who."""
    for v in range(start, min(last, start + _LABELLED)):
        if words.pos[v] == "VERB" and words.tag[v] in {"VBZ", "VBP", "VBD"}:
            subject = words.child(v, "nsubj")
            return subject is not None and start <= subject < v and words.lemma[v] in cues().strong
    return False


_LABELLED = 12
_LONGEST_LABEL = 6
_BULLETS = set("•‣▪●◦-–*·")
_LONGEST_HEADLINE = 40


def _turns(words: Words) -> Iterator[Candidate]:
    """The turns of a transcript: "NAME: ..." at the head of paragraphs, some name twice or more."""
    turns: list[tuple[Piece, int, Piece]] = []
    for first, last in paragraphs(words):
        colon = next((k for k in range(first, min(last, first + _LONGEST_LABEL)) if words.text[k] == ":"), None)
        if (
            colon is not None
            and colon > first
            and all(words.text[k][:1].isupper() or words.pos[k] == "PUNCT" for k in range(first, colon))
        ):
            turns.append(((first, colon), colon, (colon + 1, last)))
        elif turns and words.sentence[first] != words.sentence[turns[-1][1]]:
            label, at, (begin, _) = turns[-1]
            turns[-1] = (label, at, (begin, last))
    labels = Counter(words.surface(label) for label, _, _ in turns)
    if not any(count > 1 for count in labels.values()):
        return
    for label, colon, content in turns:
        if has_word(words, content):
            yield Candidate(
                (label,), label[1] - 1, ((colon, colon + 1),), colon, (trim(words, content),), None, "turn", "say",
                Mode.SAID,
            )  # fmt: skip


def _line(words: Words, i: int) -> Piece:
    """The sentence around i; where the parser ends it at the colon, up to the end of the line or the semicolon."""
    first, last = words.sentences[words.sentence[i]]
    if last > i + 2:
        return first, last
    last = i + 1
    while last < min(words.n, i + _LONGEST_HEADLINE) and not (words.pos[last] == "SPACE" and "\n" in words.text[last]):
        if words.text[last] == ";":
            break
        last += 1
    return first, last


def _fills_line(words: Words, first: int, last: int) -> bool:
    before = words.doc_text[max(0, words.start[first] - 3) : words.start[first]].strip(" •‣▪●◦-–*·")
    after = words.doc_text[words.end[last - 1] : words.end[last - 1] + 2].strip(" ")
    return before[-1:] in {"", "\n"} and (after[:1] in {"", "\n"} or words.pos[last - 1] == "SPACE")


def _hearsay(words: Words, i: int, quoted: frozenset[int]) -> Iterator[Candidate]:
    first, last = _clause_bounds(words, i, quoted)
    content = without(words, (first, last), ((i, i + 1),))
    if content:
        yield Candidate((), None, ((i, i + 1),), i, content, None, "hearsay", "say", Mode.SAID)
