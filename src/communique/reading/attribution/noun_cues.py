"""Attributions without a verb of their own: nouns, adjectives, "according to", viewpoints, headlines, hearsay."""

from __future__ import annotations

from collections.abc import Iterator

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.model import Mode
from communique.reading.attribution.candidates import LONGEST_LOOK, Candidate, noun_phrase, subject_of, verb_group
from communique.reading.attribution.content_spans import cut_at_next_cue
from communique.reading.constructions import Construction
from communique.reading.grammar.auxiliaries import active_auxiliary, has_passive_auxiliary, is_tensed
from communique.reading.grammar.labels import MODAL, PAST_TENSE, PRESENT_TENSE, THIRD_PERSON
from communique.reading.grammar.possessives import is_possessive_mark
from communique.reading.grammar.subjects import active_subject, is_active_subject
from communique.reading.grammar.token_ranges import has_word, ranges, trim, without
from communique.reading.tokens import Tokens, TokenSpan

_COMPLEMENTIZERS = listed("closed_classes", "complementizers")

_CONDITIONS = listed("cues", "constructions", "conditions")
_VIEW_PREPS = listed("cues", "constructions", "view_prepositions")
_VIEWPOINT_PREPS = listed("cues", "constructions", "viewpoint_prepositions")
_NOUN_PREPS = listed("cues", "constructions", "noun_prepositions")
_ACTORS = {"GPE", "ORG", "PERSON", "NORP"}

_VIEWPOINT_REACH = 6
"""Words after "for" within which stands whose view it is."""
_LONGEST_LABEL = 6
"""Words of a label before a colon: "Kremlin: ..."."""


def phrase_candidates(tokens: Tokens, quoted: frozenset[int]) -> Iterator[Candidate]:
    """Yield the candidates that nouns, adjectives, prepositions and punctuation introduce.

    ``quoted`` are the tokens inside quotations: a semicolon there does not end a clause.
    """
    lexicon = cues()
    nouns, adjectives, hearsay = lexicon.nouns, lexicon.adjectives, lexicon.hearsay
    pos, lemma, lower = tokens.pos, tokens.lemma, tokens.lower
    for i in range(tokens.n):
        kind = pos[i]
        if kind == "NOUN":
            classes = nouns.get(lemma[i])
            if classes is not None:
                yield from _noun(tokens, i, min(classes))
        elif kind == "ADJ" or (kind == "VERB" and tokens.tag[i] == "VBN"):
            classes = adjectives.get(lower[i])
            if classes is not None:
                yield from _adjective(tokens, i, min(classes))
        if lower[i] == "according":
            yield from _according(tokens, i, quoted)
        elif lower[i] in _VIEW_PREPS and pos[i] == "ADP":
            yield from _in_view(tokens, i, quoted)
        elif lower[i] in _VIEWPOINT_PREPS and pos[i] in {"ADP", "SCONJ"}:
            yield from _in_view(tokens, i, quoted)
            yield from _viewpoint(tokens, i, quoted)
        elif lower[i] == ":":
            yield from _headline(tokens, i)
        elif kind == "ADV" and lower[i] in hearsay:
            yield from _hearsay(tokens, i, quoted)


def _noun(tokens: Tokens, i: int, name: str) -> Iterator[Candidate]:
    content, clause, variant = _noun_content(tokens, i)
    light: int | None = None
    head = tokens.head[i]
    if tokens.dep[i] in {"dobj", "attr"} and tokens.lemma[head] in cues().sets["light"]:
        light = head
    source = tokens.child(i, "poss")
    if source is not None and i - 1 in tokens.children[i] and tokens.entity[i - 1] == "PERSON":
        source = i - 1  # "Egypt's Sisi calls for ...", where the parse takes the verb for a noun
    if source is None:
        source = _agent(tokens, i)
    if source is None:
        source = next(
            (
                c
                for c in tokens.children[i]
                if tokens.dep[c] in {"amod", "compound"} and tokens.entity[c] in {"NORP", "GPE", "ORG", "PERSON"}
            ),
            None,
        )
    if source is None and light is not None:
        source = subject_of(tokens, light)
    if content is None or (source is None and light is None and variant != "that"):
        return
    pieces: tuple[TokenSpan, ...] = ()
    if source is not None:
        pieces = (noun_phrase(tokens, source),)
        if is_possessive_mark(tokens, pieces[0][1] - 1):
            pieces = ((pieces[0][0], pieces[0][1] - 1),)
    members = [i] if light is None else [i, *(t for a, b in verb_group(tokens, light) for t in range(a, b))]
    if light is not None:
        variant += "-light"
    spans = tuple(q for q in without(tokens, content, pieces))
    if spans:
        mode = cues().modes[name]
        yield Candidate(pieces, source, ranges(members), i, spans, clause, Construction.NOUN, name, mode, variant)


def _agent(tokens: Tokens, i: int) -> int | None:
    """As in "Remarks by the minister", "calls from Republicans", "a statement of the ministry"."""
    for child in tokens.children[i]:
        if tokens.dep[child] in {"prep", "agent"} and tokens.lower[child] in {"by", "from"}:
            return tokens.child(child, "pobj")
    return None


def _noun_content(tokens: Tokens, i: int) -> tuple[TokenSpan | None, int | None, str]:
    """Return what a noun announces, its main token, and the word that joins it to the noun."""
    for child in tokens.children[i]:
        if child < i:
            continue
        dep = tokens.dep[child]
        if dep in {"acl", "ccomp", "relcl"}:
            marker = tokens.child(child, "mark")
            if marker is not None and tokens.lower[marker] in _COMPLEMENTIZERS:
                return cut_at_next_cue(tokens, tokens.subtree(child), child), child, "that"
            to = active_auxiliary(tokens, child)
            if dep == "acl" and to is not None and tokens.lower[to] == "to":
                return cut_at_next_cue(tokens, tokens.subtree(child), child), child, "to"
            if dep == "acl" and tokens.tag[child] == "VBG" and tokens.lemma[child] in cues().strong:
                inner = tokens.child(child, "ccomp", "dobj")
                if inner is not None:
                    return tokens.subtree(inner), inner, "saying"
    being = tokens.head[i]
    told = tokens.child(being, "ccomp") if is_active_subject(tokens, i) and tokens.lemma[being] == "be" else None
    if told is not None and told > being and tokens.lower[tokens.left[told]] == "that":
        return cut_at_next_cue(tokens, tokens.subtree(told), told), told, "that"
    torn = _torn_clause(tokens, i)
    if torn is not None:
        return torn, None, "that"
    return _noun_complement(tokens, i)


def _noun_complement(tokens: Tokens, i: int) -> tuple[TokenSpan | None, int | None, str]:
    """As in "calls for talks": what a preposition adds to a noun."""
    for child in tokens.children[i]:
        if child > i and tokens.dep[child] == "prep" and tokens.lower[child] in _NOUN_PREPS - {"by", "from"}:
            inner = tokens.child(child, "pobj", "pcomp")
            if tokens.lower[child] == "for" and tokens.lemma[i] in _CONDITIONS:
                continue  # "his condition for a treaty" asks for no treaty
            if inner is not None and tokens.entity[inner] not in {"DATE", "TIME"}:
                piece = (child + 1, _before_judgement(tokens, i, child + 1, tokens.right[child] + 1))
                return piece, inner, tokens.lower[child]
    return None, None, ""


def _before_judgement(tokens: Tokens, i: int, start: int, end: int) -> int:
    """As in "dismissed the proposal for talks as a dream": what follows "as" is what another calls it."""
    if tokens.dep[i] != "dobj" or tokens.lemma[tokens.head[i]] not in cues().sets["judging"]:
        return end
    return next((t for t in range(start + 1, end) if tokens.lower[t] == "as" and tokens.tag[t] == "IN"), end)


def _torn_clause(tokens: Tokens, i: int) -> TokenSpan | None:
    """As in "Putin's remarks that talks could resume": what follows "that", where the parse made two clauses of it."""
    last = tokens.sentences[tokens.sentence[i]][1]
    if i + 3 >= last or tokens.lower[i + 1] != "that" or not tokens.has_child(i, "poss"):
        return None
    # "Remarks that angered Tokyo" tells of the remarks; "that talks on ..." only looks like it.
    if tokens.tag[i + 2] in {PAST_TENSE, PRESENT_TENSE, MODAL} or (
        tokens.tag[i + 2] == THIRD_PERSON and tokens.pos[i + 3] != "ADP"
    ):
        return None
    return cut_at_next_cue(tokens, (i + 1, last), None)


def _adjective(tokens: Tokens, i: int, name: str) -> Iterator[Candidate]:
    announced = _adjective_content(tokens, i)
    if announced is None:
        return
    piece, clause, variant = announced
    copula = _copula_of(tokens, i)
    source = _adjective_source(tokens, i, copula)
    if source is None or tokens.lower[source] == "there":
        return
    if tokens.lower[source] == "it" and variant == "clause" and name != "intent":
        return
    content = without(tokens, cut_at_next_cue(tokens, piece, clause), ())
    start, end = noun_phrase(tokens, source)
    if start <= i < end:
        end = i
    if not content or start >= end:
        return
    members = [i]
    if copula is not None:
        members += [t for a, b in verb_group(tokens, copula) for t in range(a, b)]
        variant += "-participle" if tokens.tag[i] == "VBN" else ""
    construction, mode = Construction.ADJECTIVE, cues().modes[name]
    yield Candidate(((start, end),), source, ranges(members), i, content, clause, construction, name, mode, variant)


def _copula_of(tokens: Tokens, i: int) -> int | None:
    """Return the verb that says an adjective of somebody; None where it stands beside its noun."""
    if tokens.tag[i] == "VBN" and has_passive_auxiliary(tokens, i):
        # "is committed to": the parser takes the adjective for a passive.
        return i
    verb = tokens.head[i]
    copular = tokens.dep[i] in {"acomp", "oprd", "xcomp", "attr"} and tokens.lemma[verb] in cues().sets["copulas"]
    return verb if copular else None


def _adjective_content(tokens: Tokens, i: int) -> tuple[TokenSpan, int, str] | None:
    """Return what an adjective announces, its main token, and the word that joins it: "clause" where there is none."""
    inner = tokens.child(i, "ccomp", "xcomp")
    if inner is not None and inner > i:
        return tokens.subtree(inner), inner, "clause"
    if tokens.dep[i] == "acomp" and tokens.lower[i + 1 : i + 2] == ["that"]:
        inner = tokens.child(tokens.head[i], "ccomp")  # "is adamant that ...", where the parse hangs it on the verb
        if inner is not None and tokens.left[inner] == i + 1:
            return tokens.subtree(inner), inner, "clause"
    for child in tokens.children[i]:
        if child > i and tokens.dep[child] == "prep":
            inner = tokens.child(child, "pobj", "pcomp")
            if inner is not None:
                return (child + 1, tokens.right[child] + 1), inner, tokens.lower[child]
    return None


def _adjective_source(tokens: Tokens, i: int, copula: int | None) -> int | None:
    """Return who is "ready" or "adamant": the copula's subject, or the noun that the adjective stands beside."""
    if copula is not None:
        source = subject_of(tokens, copula)
    else:
        source = tokens.head[i] if tokens.dep[i] in {"amod", "acl"} else None
    if source is None and tokens.dep[i] == "conj":
        verb = tokens.head[i] if copula is None else copula
        return subject_of(tokens, tokens.head[verb])
    return source


def _clause_bounds(tokens: Tokens, i: int, quoted: frozenset[int]) -> TokenSpan:
    """The stretch of the sentence around i between semicolons."""
    first, last = tokens.sentences[tokens.sentence[i]]
    first, last = max(first, i - LONGEST_LOOK), min(last, i + LONGEST_LOOK)
    for k in range(i - 1, first - 1, -1):
        if (tokens.text[k] == ";" and k not in quoted) or tokens.pos[k] == "SPACE" and "\n" in tokens.text[k]:
            first = k + 1
            break
    for k in range(i + 1, last):
        if tokens.text[k] == ";" and k not in quoted:
            last = k
            break
    return first, last


def _according(tokens: Tokens, i: int, quoted: frozenset[int]) -> Iterator[Candidate]:
    to = i + 1
    if to >= tokens.n or tokens.lower[to] != "to":
        return
    inner = tokens.child(to, "pobj", "pcomp")
    if inner is None:
        return
    phrase = (i, max(tokens.right[to], inner) + 1)
    first, last = _clause_bounds(tokens, i, quoted)
    while first > 0 and first - 1 in quoted:
        # `"...," X said, according to Y`: the parser may end the sentence with the quotation.
        first -= 1
    if i > first + 2:
        # A phrase at the end, or in the middle: the source ends where the next comma after its head stands.
        phrase = (i, min(phrase[1], last))
    source = noun_phrase(tokens, inner)
    construction = Construction.ACCORDING if i > first + 2 else Construction.ACCORDING_FIRST
    holes = [phrase]
    content = without(tokens, (first, last), holes)
    if i > first + 2 and phrase[1] >= last - 1:
        content = content[:1]
    if content:
        yield Candidate((source,), inner, ((i, to + 1),), i, content, None, construction, "say", Mode.SAID)


def _in_view(tokens: Tokens, i: int, quoted: frozenset[int]) -> Iterator[Candidate]:
    noun = tokens.child(i, "pobj")
    if noun is None or tokens.lower[noun] not in cues().sets["possessed"]:
        return
    source = tokens.child(noun, "poss")
    if source is None:
        of = next((c for c in tokens.children[noun] if tokens.lower[c] == "of"), None)
        source = tokens.child(of, "pobj") if of is not None else None
    if source is None:
        return
    first, last = _clause_bounds(tokens, i, quoted)
    content = without(tokens, (first, last), ((i, tokens.right[i] + 1),))
    if content:
        piece = noun_phrase(tokens, source)
        yield Candidate(
            (piece,),
            source,
            ((i, noun + 1),) if source > noun else ((i, i + 1), (noun, noun + 1)),
            noun,
            content,
            None,
            Construction.IN_VIEW,
            "think",
            Mode.BELIEVED,
        )


def _viewpoint(tokens: Tokens, i: int, quoted: frozenset[int]) -> Iterator[Candidate]:
    first, last = _clause_bounds(tokens, i, quoted)
    if i > first + 1 or (i == first + 1 and tokens.pos[first] not in {"CCONJ", "PUNCT", "ADV"}):
        return
    inner = tokens.child(i, "pobj")
    if (
        inner is None
        or inner > i + _VIEWPOINT_REACH
        or tokens.entity[inner] not in _ACTORS
        and tokens.pos[inner] != "PROPN"
    ):
        return
    end = tokens.right[inner] + 1
    comma = next((k for k in range(inner + 1, min(end + 1, last)) if tokens.text[k] == ","), None)
    if comma is None or comma + 2 >= last:
        return
    content = without(tokens, (comma + 1, last), ())
    main = next((k for k in range(comma + 1, last) if tokens.tag[k] in {THIRD_PERSON, PRESENT_TENSE, MODAL}), None)
    if content and main is not None:
        piece = trim(tokens, (tokens.left[inner], comma))
        construction = Construction.VIEWPOINT
        yield Candidate((piece,), inner, ((i, i + 1),), i, content, None, construction, "think", Mode.BELIEVED)


def _headline(tokens: Tokens, i: int) -> Iterator[Candidate]:
    first, last = _line(tokens, i)
    last = next((t for t in range(i + 1, last) if tokens.text[t] == ";"), last)
    while first < i and tokens.pos[first] == "SPACE":
        first += 1
    line = first
    bullet = tokens.doc_text[tokens.start[first] - 2 : tokens.start[first]].strip()[-1:] in _BULLETS
    while first < i and tokens.pos[first] in {"SPACE", "PUNCT", "SYM"}:
        first += 1
    if not 0 < i - first <= _LONGEST_LABEL or last - i < 3 or tokens.text[i + 1] == "\n":
        return
    before = range(first, i)
    content = without(tokens, (i + 1, last), ())
    verb = _titled_verb(tokens, first, i)
    if verb is not None and content and _fills_line(tokens, line, last):
        yield _told_in_title(tokens, first, verb, content)
        return
    if not _may_label(tokens, before, last) or _speaks_itself(tokens, i + 1, last):
        return
    if content and has_word(tokens, (first, i)):
        quoted = tokens.text[i + 1] in {'"', "'", "''"}
        construction = Construction.HEADLINE_FIRST if tokens.sentence[i] == 0 else Construction.HEADLINE_LATER
        if (bullet or tokens.text[last - 1] not in {".", "!", "?", '"'}) and _fills_line(tokens, line, last):
            construction = Construction.HEADLINE_LINE
        yield Candidate(
            (trim(tokens, (first, i)),),
            i - 1,
            ((i, i + 1),),
            i,
            content,
            None,
            construction,
            "say",
            Mode.SAID,
            variant="quote" if quoted else "",
        )


def _may_label(tokens: Tokens, before: range, last: int) -> bool:
    """Tell whether words before a colon name somebody; "NEW DELHI: India will ..." is where it was written."""
    if any(tokens.pos[k] in {"VERB", "AUX", "NUM"} for k in before):
        return False
    if tokens.pos[before.start] == "ADP":
        return False  # "On tolls: ..." tells of what
    line = tokens.doc_text[tokens.start[before.stop] :].partition("\n")[0].rstrip()
    ended = "." in {tokens.text[last - 1], line[-1:]}
    placed = all(tokens.text[k].isupper() for k in before) and ended and len(before) < 4
    return not placed and any(tokens.pos[k] in {"PROPN", "NOUN"} for k in before)


def _told_in_title(tokens: Tokens, first: int, verb: int, content: tuple[TokenSpan, ...]) -> Candidate:
    source, cue = ((trim(tokens, (first, verb)),), ((verb, verb + 1),))
    form = Construction.HEADLINE_LINE
    return Candidate(source, verb - 1, cue, verb, content, None, form, "say", Mode.SAID, variant="verb")


def _titled_verb(tokens: Tokens, first: int, colon: int) -> int | None:
    """Return the verb of a title's label, "EU warns Skopje: ...", with a name on either side and nothing else."""
    for k in range(first + 1, colon):
        stem = tokens.lower[k].removesuffix("s")
        if tokens.lower[k].endswith("s") and stem in cues().sets["told"]:
            names = (*range(first, k), *range(k + 1, colon))
            return k if k + 1 < colon and all(tokens.text[t][:1].isupper() for t in names) else None
    return None


def _speaks_itself(tokens: Tokens, start: int, last: int) -> bool:
    """As in "Sudan: army says it has retaken the palace": what stands before the colon is where, not who."""
    for v in range(start, min(last, start + _LABELLED)):
        if tokens.text[v] == ";":
            return False
        if tokens.pos[v] == "VERB" and is_tensed(tokens, v):
            subject = active_subject(tokens, v)
            return subject is not None and start <= subject < v and tokens.lemma[v] in cues().strong
    return False


_LABELLED = 12
_BULLETS = set("•‣▪●◦-–*·")
_LONGEST_HEADLINE = 40


def _line(tokens: Tokens, i: int) -> TokenSpan:
    """The sentence around i; where the parser ends it at the colon, up to the end of the line or the semicolon."""
    first, last = tokens.sentences[tokens.sentence[i]]
    if last > i + 2:
        return first, last
    last = i + 1
    while last < min(tokens.n, i + _LONGEST_HEADLINE) and not (
        tokens.pos[last] == "SPACE" and "\n" in tokens.text[last]
    ):
        if tokens.text[last] == ";":
            break
        last += 1
    return first, last


def _fills_line(tokens: Tokens, first: int, last: int) -> bool:
    before = tokens.doc_text[max(0, tokens.start[first] - 3) : tokens.start[first]].strip(" •‣▪●◦-–*·")
    after = tokens.doc_text[tokens.end[last - 1] : tokens.end[last - 1] + 2].strip(" ")
    return before[-1:] in {"", "\n"} and (after[:1] in {"", "\n"} or tokens.pos[last - 1] == "SPACE")


def _hearsay(tokens: Tokens, i: int, quoted: frozenset[int]) -> Iterator[Candidate]:
    first, last = _clause_bounds(tokens, i, quoted)
    content = without(tokens, (first, last), ((i, i + 1),))
    if content:
        yield Candidate((), None, ((i, i + 1),), i, content, None, Construction.HEARSAY, "say", Mode.SAID)
