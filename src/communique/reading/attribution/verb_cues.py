"""Attributions by a verb and what depends on it."""

from __future__ import annotations

from collections.abc import Iterator

from communique.lexicon.cues import CueLexicon, cues
from communique.model import Mode
from communique.reading.attribution.candidates import (
    LONGEST_LOOK,
    Candidate,
    apposed_end,
    has_word,
    inserted_source,
    inverted_source,
    noun_phrase,
    ranges,
    saying_of,
    subject_of,
    trim,
    verb_group,
    without,
)
from communique.reading.attribution.content_spans import SUPPOSING, cue_clause, cut_at_next_cue, with_condition
from communique.reading.tokens import Piece, Words

_COMPLEMENT_PREPS = {"of", "for", "as", "to", "on", "against", "with", "over", "from", "into", "about", "by"}
_CUE_PREPS = {
    "for",
    "on",
    "upon",
    "of",
    "to",
    "about",
    "against",
    "with",
    "over",
    "at",
    "in",
    "into",
    "toward",
    "towards",
    "from",
}
_TIMES = {"DATE", "TIME"}
_NONE: frozenset[str] = frozenset()
_KNOWN = {"clear", "plain", "known", "understood", "slip"}
_NOMINATIVE = {"it", "he", "she", "they", "we", "i"}


def verb_candidates(words: Words) -> Iterator[Candidate]:
    """Yield a candidate for every construction in which a cue verb governs a content."""
    lexicon = cues()
    known = lexicon.verbs
    pos, lemma = words.pos, words.lemma
    for v in range(words.n):
        if pos[v] != "VERB":
            continue
        classes = known.get(lemma[v])
        if lemma[v] == "put":
            yield from _aside(words, lexicon, v, _NONE)
        if classes is None and lemma[v] in {"make", "let"} and _makes_known(words, v):
            known_that = list(_known_that(words, v))
            if known_that:
                yield from known_that
                continue
            classes = frozenset({"say"})
        if classes is None:
            if words.has_child(v, "ccomp") and words.has_child(v, "nsubj"):
                yield from _clause(words, v, frozenset({"other"}))
            continue
        if lemma[v] in cues().sets["quoting"] and (saying_of(words, v) is not None or _names_voice(words, v)):
            yield from _quoted_after(words, v)
            continue
        if _is_passive(words, v):
            yield from _passive(words, v, classes)
            continue
        inverted = inverted_source(words, v)
        if inverted is not None:
            yield from _around(words, v, *inverted)
            continue
        yield from _clause(words, v, classes)
        yield from _infinitive(words, v, classes)
        yield from _object(words, v, classes)
        yield from _preposition(words, v, classes)
        yield from _aside(words, lexicon, v, classes)


def _makes_known(words: Words, v: int) -> bool:
    """As in "Made clear that", "let it be known that": a verb of saying in several words."""
    return any(words.lower[k] in _KNOWN for k in range(v + 1, min(words.n, v + 5)))


def _set_apart(words: Words, c: int, v: int) -> bool:
    """As in "The envoy went further: he said talks might end": what stands before the colon is not what is said."""
    apart = any(words.text[t] in {":", ";"} for t in range(c, v))
    return apart and any(words.dep[d] == "ccomp" and d > v for d in words.children[v])


def _known_that(words: Words, v: int) -> Iterator[Candidate]:
    """The same, where "that" follows: whatever the parse makes of the adjective, the clause is what is said."""
    last = words.sentences[words.sentence[v]][1]
    for k in range(v + 1, min(last - 2, v + 5)):
        if words.lower[k] in _KNOWN and words.lower[k + 1] == "that" and words.dep[k + 1] == "mark":
            clause = words.head[k + 1]
            end = min(max(words.right[clause] + 1, clause + 1), last)
            piece = trim(words, cut_at_next_cue(words, (k + 1, end), clause))
            group = [i for a, b in verb_group(words, v) for i in range(a, b)]
            cue = ranges([*group, *range(v + 1, k + 1)])
            yield from _make(words, v, (with_condition(words, piece),), clause, "clause-that", "say", cue=cue)
            return


def _quoted_after(words: Words, v: int) -> Iterator[Candidate]:
    """As in "Talks will resume, the minister was quoted as saying", or "TASS quoted him as saying".

    What stands before is what he says.
    """
    content, before, saying = words.child(v, "ccomp"), words.child(v, "nsubjpass", "nsubj"), saying_of(words, v)
    if before is None or saying is None:
        return
    first, end = words.sentences[words.sentence[v]][0], words.left[before]
    if content is not None and content < end:
        piece = trim(words, (words.left[content], min(words.right[content] + 1, end)))
    elif end - first > 3 and words.text[end - 1] == "," and _finite(words, first, end):
        content, piece = None, trim(words, (_clause_start(words, first, end), end))
    else:
        return
    yield from _make(words, saying, (piece,), content, "quoted-as-saying", "say")


def _finite(words: Words, first: int, end: int) -> bool:
    return any(words.tag[t] in {"VBD", "VBZ", "VBP", "MD"} for t in range(max(first, end - LONGEST_LOOK), end))


def _names_voice(words: Words, v: int) -> bool:
    """As in ", citing a diplomat,": whose words they are, not what is said."""
    goal = words.child(v, "dobj")
    if words.tag[v] != "VBG" or goal is None:
        return False
    return words.entity[goal] in {"ORG", "PERSON"} or words.lemma[goal].lower() in cues().sets["voices"]


def _is_passive(words: Words, v: int) -> bool:
    if words.has_child(v, "nsubjpass"):
        return True
    if words.tag[v] not in {"VBN", "VBD"}:
        return False
    if words.has_child(v, "agent"):
        return True
    # "Asked whether ..., he replied", "the minister, asked whether ...": he is the one asked.
    if words.dep[v] == "acl" and words.tag[v] == "VBN" and words.lemma[v] == "ask":
        return True
    first = words.sentences[words.sentence[v]][0]
    return (
        words.dep[v] in {"advcl", "csubj"}
        and words.lemma[v] in cues().sets["addressed"]
        and v <= first + 2
        and not words.has_child(v, "nsubj")
    )


def _pick(classes: frozenset[str], *order: str) -> str:
    for name in order:
        if name in classes:
            return name
    return min(classes)


def _mode(name: str) -> Mode:
    return cues().modes.get(name, Mode.SAID)


def _make(
    words: Words,
    v: int,
    content: tuple[Piece, ...],
    clause: int | None,
    rule: str,
    cue_class: str,
    source: int | None = None,
    cue: tuple[Piece, ...] | None = None,
    mode: Mode | None = None,
    phrase: Piece | None = None,
) -> Iterator[Candidate]:
    """Yield the candidate unless it has no content, or its source is an expletive."""
    head = subject_of(words, v) if source is None else source
    if head is not None and words.lower[head] in {"there", "it"} and words.dep[head] == "expl":
        head = None
    pieces = (phrase or noun_phrase(words, head),) if head is not None else ()
    content = tuple(p for p in content if has_word(words, p))
    if pieces:
        content = tuple(q for p in content for q in without(words, p, pieces))
    if content:
        group = verb_group(words, v) if cue is None else cue
        yield Candidate(pieces, head, group, v, content, clause, rule, cue_class, mode or _mode(cue_class))


def _clause(words: Words, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    for c in words.children[v]:
        dep = words.dep[c]
        if dep != "ccomp":
            continue
        if c < v and words.lemma[c] == "ask" and words.tag[c] == "VBN":
            continue
        if c < v and _set_apart(words, c, v):
            continue
        if c < v and v + 1 < words.n and words.lower[v + 1] == "that" and words.tag[v + 1] == "IN":
            yield from _after_that(words, v, classes)
            return
        if c < v and words.left[c] > words.sentences[words.sentence[v]][0] + 1 and inserted_source(words, v):
            continue
        name = _pick(classes, "say", "think", "write", "show", "direct", "want", "seem", "cite", "blame")
        piece = words.subtree(c)
        own = cue_clause(words, v, c)
        if c < v:
            holes = (own,)
            piece = (max(piece[0], _part_start(words, piece[0], own[0])), piece[1])
            pieces = without(words, (piece[0], max(piece[1], piece[0])), holes)
            pieces += _resumed(words, v, own, c)
        else:
            if words.lemma[v] in cues().sets["addressed"]:
                piece = _less_addressee(words, c, piece)
            that = words.child(c, "mark")
            if that is not None and words.lemma[piece[0]] in cues().sets["quoting"] and words.tag[piece[0]] == "VBG":
                piece = (that, piece[1])
            piece = cut_at_next_cue(words, _from_pronoun(words, v, piece), c)
            if piece[1] > piece[0]:
                piece = with_condition(words, trim(words, _less_time(words, piece)))
            pieces = without(words, piece, ((v, v + 1),)) if piece[0] <= v < piece[1] else (trim(words, piece),)
        marker = words.child(c, "mark")
        rule = "clause" if marker is None else "clause-that"
        if c < v:
            rule = "clause-before"
        yield from _make(words, v, pieces, c, rule, name)
        return


def _from_pronoun(words: Words, v: int, piece: Piece) -> Piece:
    """As in "said it, too, was ready": the parse took the clause's subject for what is said."""
    torn = v + 3 < words.n and words.lower[v + 1] in _NOMINATIVE and words.dep[v + 1] == "dobj"
    aside = torn and words.text[v + 2] == "," and v + 2 <= piece[0] <= v + 5
    return (v + 1, piece[1]) if aside else piece


def _after_that(words: Words, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    """As in "A fence is up; the envoy said that it would go": the parse took what stands before for what is said."""
    name = _pick(classes, "say", "think", "write", "show", "direct", "want", "seem", "cite", "blame")
    piece = cut_at_next_cue(words, (v + 1, words.sentences[words.sentence[v]][1]), None)
    clause = words.head[v + 1] if words.dep[v + 1] == "mark" and words.head[v + 1] > v else None
    yield from _make(words, v, (trim(words, piece),), clause, "clause-that", name)


def _part_start(words: Words, first: int, end: int) -> int:
    """Where what is said begins: after a semicolon, or at the quotation that a colon announces."""
    for k in range(end - 2, max(first, end - LONGEST_LOOK), -1):
        quoted = words.text[k] == ":" and words.text[k + 1] in {'"', "\u201c"}
        if words.text[k] == ";" or quoted:
            return k + 1
    return first


def _less_time(words: Words, piece: Piece) -> Piece:
    """As in "Said on Wednesday it would": the day belongs to the saying."""
    first, last = piece
    if words.pos[first] != "ADP" or first + 2 >= last or words.entity[first + 1] not in _TIMES:
        return piece
    k = first + 1
    while k < last and words.entity[k] in _TIMES:
        k += 1
    return (k, last) if k < last and words.text[k] != "," else piece


def _less_addressee(words: Words, c: int, piece: Piece) -> Piece:
    """As in "Told them to leave": the one told is no part of what was told."""
    to = words.child(c, "aux")
    subject = words.child(c, "nsubj")
    if to is not None and words.lower[to] == "to" and subject is not None and subject < to:
        return to, piece[1]
    return piece


def _resumed(words: Words, v: int, own: Piece, c: int) -> tuple[Piece, ...]:
    """The content goes on after an inserted cue: "talks, he said, would resume"."""
    last = words.sentences[words.sentence[v]][1]
    k = own[1]
    if k >= last or words.text[k] != "," or k + 2 >= last:
        return ()
    nxt = k + 1
    if words.tag[nxt] == "VBG" or words.lower[nxt] in {"who", "which", "when", "where", "while", "as", "after"}:
        return ()
    if any(
        words.pos[i] == "VERB" and words.lemma[i] in cues().strong for i in range(nxt, min(last, nxt + LONGEST_LOOK))
    ):
        return ()
    return without(words, (nxt, last), ())


def _infinitive(words: Words, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    x = words.child(v, "xcomp")
    if x is None or x < v:
        return
    name = _pick(classes, "want", "direct", "seem", "say", "think")
    goal = words.child(v, "dobj")
    piece = words.subtree(x)
    if name == "seem":
        subject = words.child(v, "nsubj")
        if subject is None:
            return
        content = (noun_phrase(words, subject), trim(words, piece))
        yield Candidate((), None, verb_group(words, v), v, content, x, "seem", name, Mode.BELIEVED)
        return
    if goal is not None and v < goal < x and words.lemma[v] not in cues().sets["addressed"] | {"urge", "invite"}:
        piece = (words.left[goal], piece[1])
    piece = cut_at_next_cue(words, piece, x)
    yield from _make(words, v, (trim(words, piece),), x, "infinitive" if words.tag[x] == "VB" else "gerund", name)


def _end_of_complements(words: Words, v: int, start: int) -> int:
    """Return where the run of v's complements that begins at token ``start`` ends (exclusive)."""
    end = start
    for child in words.children[v]:
        if words.left[child] < start:
            continue
        if words.left[child] > end:
            break
        dep = words.dep[child]
        if dep == "prep":
            inner = words.child(child, "pobj", "pcomp")
            if words.lower[child] == "as":
                inner = words.child(child, "pobj", "pcomp", "amod", "advmod", "acomp")
            if words.lower[child] not in _COMPLEMENT_PREPS or inner is None or words.entity[inner] in _TIMES:
                break
        elif dep == "advcl":
            if words.tag[child] != "VBG" and words.lower[words.left[child]] != "as":
                break
        elif dep not in {"dobj", "oprd", "xcomp", "acomp", "dative", "ccomp", "attr"}:
            break
        end = words.right[child] + 1
    return end


def _object(words: Words, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    goal = words.child(v, "dobj")
    if goal is None:
        goal = words.child(v, "oprd")
    if goal is None or words.entity[goal] in _TIMES:
        return
    if words.has_child(v, "ccomp"):
        return
    name = _pick(classes, "blame", "praise", "cite", "judge", "think", "show", "say", "want")
    if goal < v:
        piece = words.subtree(goal)
        rule = "object-before"
    else:
        start = words.left[goal]
        piece = cut_at_next_cue(words, (start, max(_end_of_complements(words, v, start), words.right[goal] + 1)), goal)
        if words.lemma[v] == "accuse":
            of = next((c for c in words.children[v] if c > goal and words.lower[c] == "of"), piece[0])
            piece = (of, piece[1]) if of < piece[1] else piece
        rule = "object"
    if rule == "object" and words.lemma[goal] in cues().nouns:
        rule = "object-cue-noun"
    if rule.startswith("object") and words.lemma[v] in cues().sets["addressed"]:
        # "Told a press conference that ...": the parser hangs the clause under the noun.
        that = next((i for i in range(piece[0], piece[1]) if words.lower[i] == "that" and words.dep[i] == "mark"), None)
        if that is not None:
            piece, goal, rule = (that, piece[1]), words.head[that], "clause-that"
    yield from _make(words, v, (trim(words, _with_predicate(words, piece)),), goal, rule, name)


def _with_predicate(words: Words, piece: Piece) -> Piece:
    """As in "remarks that talks | could resume ...": a that-clause goes on to its verb, which the parse tore off."""
    first, last = piece
    end = words.sentences[words.sentence[first]][1]
    if (
        last >= end
        or words.tag[last] not in {"MD", "VBD", "VBZ", "VBP"}
        or words.pos[last - 1] not in {"NOUN", "PROPN"}
    ):
        return piece
    nouns = cues().nouns
    that = next((i for i in range(first, last) if words.lower[i] == "that" and words.lemma[i - 1] in nouns), None)
    # The word after "that" may be a noun taken for a verb ("talks").
    if that is None or any(words.tag[i] in {"MD", "VBD", "VBZ", "VBP"} for i in range(that + 2, last)):
        return piece
    return cut_at_next_cue(words, (first, end), None)


def _preposition(words: Words, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    for p in words.children[v]:
        if p < v or words.dep[p] != "prep" or words.lower[p] not in _CUE_PREPS:
            continue
        inner = words.child(p, "pobj", "pcomp")
        if inner is None or words.entity[inner] in _TIMES:
            continue
        if words.has_child(v, "ccomp", "dobj"):
            return
        piece = (p + 1, words.right[p] + 1)
        end = _end_of_complements(words, v, piece[1])
        if words.lower[p] in {"on", "upon", "for"} and words.lemma[v] in {"call", "appeal", "press", "push"}:
            asked = _asked_for(words, v, piece[1])
            piece = (piece[0], max(piece[1], end)) if asked is None else asked
        name = _pick(classes, "cite", "blame", "praise", "want", "think", "say")
        cue = ranges([i for a, b in verb_group(words, v) for i in range(a, b)] + [p])
        piece = cut_at_next_cue(words, piece, inner)
        yield from _make(words, v, (trim(words, piece),), inner, f"preposition-{words.lower[p]}", name, cue=cue)
        return


def _asked_for(words: Words, v: int, start: int) -> Piece | None:
    """As in "called on both to refrain", where the parse took what is asked for a purpose."""
    for child in words.children[v]:
        if words.left[child] == start and words.dep[child] == "advcl" and words.tag[child] == "VB":
            return words.subtree(child) if words.lower[start] == "to" else None
    return None


def _passive(words: Words, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    agent = words.child(v, "agent")
    by = words.child(agent, "pobj") if agent is not None else None
    name = _pick(classes, "say", "think", "show", "blame", "praise", "direct", "cite", "want")
    subject = words.child(v, "nsubjpass")
    if subject is None and words.dep[v] in {"acl", "relcl"}:
        subject = words.head[v]
    if subject is None and words.dep[v] == "conj":
        subject = words.child(words.head[v], "nsubjpass")
    group = verb_group(words, v)
    source = (noun_phrase(words, by),) if by is not None else ()
    clause = words.child(v, "ccomp")
    infinitive = words.child(v, "xcomp", "oprd")
    content: tuple[Piece, ...]
    head: int | None
    if clause is not None and (subject is None or words.lower[subject] in {"it", "there"}):
        content, head, rule = (trim(words, words.subtree(clause)),), clause, "passive-clause"
    elif clause is not None and words.lemma[v] in cues().sets["addressed"]:
        content, head, rule = (trim(words, words.subtree(clause)),), clause, "passive-told"
    elif subject is None:
        return
    elif infinitive is not None:
        rest = (infinitive, words.right[infinitive] + 1)
        rest = (words.left[infinitive], rest[1])
        content, head, rule = (noun_phrase(words, subject), trim(words, rest)), infinitive, "passive-infinitive"
        if words.lemma[v] in cues().sets["addressed"]:
            content = (trim(words, rest),)
    else:
        start = v + 1
        end = _end_of_complements(words, v, start)
        tail = (trim(words, (start, end)),) if end > start and by is None else ()
        content, head, rule = (noun_phrase(words, subject), *tail), subject, "passive-subject"
    content = tuple(p for p in content if has_word(words, p))
    if content:
        yield Candidate(source, by, group, v, content, head, rule, name, _mode(name))


def _around(words: Words, v: int, phrase: Piece, head: int) -> Iterator[Candidate]:
    """As in "Talks, said the minister, would resume": what stands before and after is what he says."""
    first, last = words.sentences[words.sentence[v]]
    content = without(words, (_clause_start(words, first, v), last), ((v - 1, phrase[1] + 1),))
    yield from _make(words, v, content, None, "aside", "say", source=head, cue=((v, v + 1),), phrase=phrase)


def _aside(words: Words, lexicon: CueLexicon, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    """A strong verb without a parsed content, at the edge or in the middle of a sentence.

    "Talks, the minister said, would resume"; "as he put it"; and where the parse lost the clause after the verb.
    """
    strong = words.lemma[v] in lexicon.strong
    closing = inserted_source(words, v) if strong else None
    put_it = words.lemma[v] == "put" and v + 1 < words.n and words.lower[v + 1] == "it"
    if not (strong or put_it) or (strong and closing is None and words.has_child(v, "ccomp", "xcomp", "dobj")):
        return
    subject = closing[1] if closing is not None else words.child(v, "nsubj")
    if subject is None:
        return
    first, last = words.sentences[words.sentence[v]]
    own = _inserted(words, v, closing[0][0] if closing else min(words.left[subject], v), first, last)
    before = words.text[own[0] - 1] if own[0] > first else ""
    after = words.text[own[1]] if own[1] < last else ""
    marker = words.child(v, "mark")
    if marker is not None and words.lower[marker] in SUPPOSING:
        return
    if marker is not None and words.lower[marker] == "as":
        if words.lower[marker - 1] in {"long", "soon", "far", "much"}:
            return
        whole = without(words, (first, last), ((words.left[v], words.right[v] + 1),))
        yield from _make(words, v, whole, None, "as", "say")
    elif before in {",", '"', "–", "—"} and (
        own[0] - first > 3 or (own[0] - first > 1 and (after == "," or words.dep[v] == "parataxis"))
    ):
        whole = without(words, (first, last), (own, *_question_before(words, v, first, own)))
        whole = tuple((max(p[0], _clause_start(words, first, own[0])), p[1]) if p[0] < v else p for p in whole)
        whole = tuple(p for p in whole if p[0] < v or not _starts_anew(words, p[0]))
        source = closing[0] if closing is not None else None
        yield from _make(words, v, whole, None, "aside", "say", source=subject, phrase=source)
    elif own[0] - first <= 2 and after not in {",", ".", ""} and last - own[1] > 4:
        yield from _make(words, v, (trim(words, (own[1], last)),), None, "rest", "say")


def _clause_start(words: Words, first: int, end: int) -> int:
    """Where the clause begins that an inserted cue interrupts: after a semicolon, at a relative before the comma."""
    if end - 2 > first and words.lower[end - 2] in {"which", "who"}:
        return end - 3 if words.pos[end - 3] == "ADP" else end - 2
    for k in range(end - 2, max(first, end - LONGEST_LOOK), -1):
        if words.text[k] == ";":
            return k + 1
    return first


def _starts_anew(words: Words, i: int) -> bool:
    return words.tag[i] == "VBG" or words.lower[i] in {"while", "whereas"}


def _question_before(words: Words, v: int, first: int, own: Piece) -> list[Piece]:
    """As in "Asked whether he would go, he said ...": the question is no part of the answer."""
    for i in range(first, min(own[0], first + 3)):
        if words.lemma[i] in cues().sets["addressed"] and words.tag[i] in {"VBN", "VBD"}:
            return [(first, own[0])]
    return []


def _inserted(words: Words, v: int, start: int, first: int, last: int) -> Piece:
    """The range of an inserted cue's own clause, up to the comma after it: what it governs in the parse is content."""
    while start > first and words.dep[start - 1] in {"advmod", "aux", "mark"}:
        start -= 1
    stops = {",", ".", ";", "–", "—", '"', "?", "!"}
    end = v + 1
    while end < last and words.text[end] not in stops and words.dep[end] != "nsubj":
        end += 1
    if words.text[start - 1] not in {",", '"', "–", "—"}:
        return start, v + 1
    described = apposed_end(words, end, last) if end < last and end > v + 1 else None
    return start, end if described is None else described
