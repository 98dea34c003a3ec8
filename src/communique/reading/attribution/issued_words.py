"""Own words as statements: what a document's issuer, or whoever has the floor, demands, promises, refuses and decides.

A sentence of somebody's own words needs no cue: "The border must open" is the issuer's demand. Its content is the
sentence, its cue the verb; the source is empty, or the party that the sentence names as the one who binds itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.lexicon import listed
from communique.model import Mode, Span
from communique.reading.annotations import Attribution, DocumentKind, Entities, Part
from communique.reading.attribution.candidates import LONGEST_LOOK, Candidate, noun_phrase, verb_group
from communique.reading.constructions import Construction
from communique.reading.entities.issuers import is_stand_in
from communique.reading.entities.own_states import performative_verbs
from communique.reading.grammar.auxiliaries import (
    has_active_auxiliary,
    is_auxiliary,
    is_past_form,
    is_present_tense,
    is_tensed,
    own_modals,
)
from communique.reading.grammar.labels import (
    AUXILIARY,
    EXPLETIVE,
    FULL_SUBJECTS,
    THIRD_PERSON,
)
from communique.reading.grammar.subjects import is_of_us
from communique.reading.grammar.token_ranges import has_word, trim
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, TokenSpan

_SUBJECTS = FULL_SUBJECTS | {EXPLETIVE}
_VERBAL = frozenset(("VERB", "AUX"))
_LONGEST_LETTER = 4  # characters of "iii" before its bracket, and one more
_LONGEST = 300  # tokens of a sentence whose parse is of any use

_COLON_REACH = 5
"""Words after a verb within which the colon stands that opens what is announced."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Tokens of somebody's own words.

    ``side`` are those who speak there, their state and members; ``several`` tells that each of these binds itself.
    """

    first: int
    last: int
    side: frozenset[str]
    turn: bool
    several: bool = False


def with_own_words(text: Text, found: list[Candidate]) -> list[Candidate]:
    """Return the candidates with those that a speaker's own words make; these take the place of narrower ones."""
    tokens = text.tokens
    stretches = [*_turns(text), *_body(text)]
    if not stretches:
        return found
    if text.document is not None:
        above = text.document.body.start
        found = [_named(text, c) for c in found if not _is_label(tokens, c, above)]
    by_head = {c.cue_head: c for c in found}
    made: dict[int, Candidate] = {}
    dropped: set[int] = set()
    for stretch in stretches:
        sentences = list(_sentences(tokens, stretch))
        if stretch.turn and sum(_verbal(tokens, s) for s in sentences) < 2:
            continue
        for piece in sentences:
            root = _root(tokens, piece)
            own = _own(text, stretch, piece, root, by_head) if root is not None else None
            if own is not None and root is not None:
                made[root] = own
                dropped.add(root)
    kept = [*(c for c in found if c.cue_head not in dropped), *made.values()]
    return list(_mended(tokens, kept, stretches))


def _mended(tokens: Tokens, found: list[Candidate], stretches: list[_Stretch]) -> Iterator[Candidate]:
    """As in "demands an apology and reserves the right": a verb that the parse took for a second thing demanded."""
    given: dict[int, Candidate] = {}
    cut: list[Candidate] = []
    own = Construction.OWN
    for c in found:
        torn = _torn_verb(tokens, c) if any(s.first <= c.cue_head < s.last for s in stretches) else None
        if torn is None:
            cut.append(c)
            continue
        first, last = c.content[-1]
        cut.append(replace(c, content=(*c.content[:-1], (first, torn - 1))))
        cue, rest = ((torn, torn + 1),), ((torn + 1, last),)
        given[torn] = replace(c, content=rest, cue=cue, cue_head=torn, clause=None, construction=own, variant="")
    known = {c.cue_head for c in cut}
    for c in cut:
        lead = given.get(c.cue_head)
        yield c if lead is None or c.source else replace(c, source=lead.source, source_head=lead.source_head)
    for torn, c in given.items():
        if torn not in known and has_word(tokens, c.content[0]):
            yield c


def _torn_verb(tokens: Tokens, c: Candidate) -> int | None:
    first, last = c.content[-1]
    for i in range(max(first, c.cue_head) + 2, min(last - 1, first + LONGEST_LOOK)):
        joined = tokens.lower[i - 1] == "and" and tokens.dep[i] == "conj"
        if not joined or tokens.pos[tokens.head[i]] not in ("NOUN", "PROPN"):
            continue
        follows = tokens.pos[i + 1] in ("DET", "PRON", "ADP", "SCONJ") or tokens.lower[i + 1] == "that"
        finite = is_tensed(tokens, i) and tokens.tag[i] == tokens.tag[c.cue_head]
        noun = tokens.tag[i] == "NNS" and tokens.tag[c.cue_head] == THIRD_PERSON and tokens.pos[i + 1] == "DET"
        if follows and (finite or noun):
            return i
    return None


def _is_label(tokens: Tokens, c: Candidate, above: int) -> bool:
    """As in "Embassy in Rome: We regret ...", or a heading: they say whose words all of it are."""
    return tokens.start[c.cue_head] < above


def _turns(text: Text) -> Iterator[_Stretch]:
    tokens, entities = text.tokens, text.entities
    for turn in text.turns:
        if turn.part not in (Part.SPEAKER, Part.ANSWER):
            continue
        at = bisect_left(tokens.start, turn.label.start)
        end = bisect_left(tokens.start, turn.label.end)
        speaker = next((entities.actor_of[i] for i in range(at, end) if i in entities.actor_of), None)
        side = side_of(entities, speaker)
        for piece in turn.body:
            yield _Stretch(*_range(tokens, piece), side, True)


def _body(text: Text) -> Iterator[_Stretch]:
    if text.document is None or text.issuer is None:
        return
    side = side_of(text.entities, text.issuer)
    yield _Stretch(*_range(text.tokens, text.document.body), side, False, _several(text))


def _several(text: Text) -> bool:
    issuer = text.entities.known.get(text.issuer or "")
    return issuer is not None and bool(issuer.members)


def side_of(entities: Entities, speaker: str | None) -> frozenset[str]:
    """Return those for whom somebody's "we" stands: himself, his state and principal, a group's members and theirs.

    That is wider than whose promise or refusal his words are (`Cast.sides` of the acts): whoever says "we" may mean his
    country, but a private person's words about his country commit nobody, and a group's member speaks for himself.
    """
    known = entities.known
    found: set[str] = set()
    waiting = [speaker] if speaker else []
    while waiting:
        actor = known.get(waiting.pop())
        if actor is None or actor.id in found:
            continue
        found.add(actor.id)
        waiting.extend(actor.members)
        waiting.extend(k for k in (actor.principal, actor.country.lower() if actor.country else None) if k)
    return frozenset(found)


def _range(tokens: Tokens, span: Span) -> TokenSpan:
    return bisect_left(tokens.start, span.start), bisect_left(tokens.start, span.end)


def _sentences(tokens: Tokens, stretch: _Stretch) -> Iterator[TokenSpan]:
    """Yield the sentences of a stretch without numbers, bullets and space before them."""
    if stretch.first >= stretch.last:
        return
    for s in range(tokens.sentence[stretch.first], tokens.sentence[stretch.last - 1] + 1):
        first, last = tokens.sentences[s]
        piece = trim(tokens, (max(first, stretch.first), min(last, stretch.last)))
        while piece[0] < piece[1] and (tokens.tag[piece[0]] == "LS" or tokens.pos[piece[0]] in ("PUNCT", "SYM", "NUM")):
            if tokens.pos[piece[0]] == "NUM" and tokens.text[piece[0] + 1 : piece[0] + 2] != ["."]:
                break
            piece = (piece[0] + 1, piece[1])
        if tokens.text[piece[0] + 1 : piece[0] + 2] == [")"] and len(tokens.text[piece[0]]) < _LONGEST_LETTER:
            piece = trim(tokens, (piece[0] + 2, piece[1]))
        if has_word(tokens, piece) and piece[1] - piece[0] <= _LONGEST:
            yield piece


def _verbal(tokens: Tokens, piece: TokenSpan) -> bool:
    return any(tokens.pos[i] in _VERBAL for i in range(*piece))


def _root(tokens: Tokens, piece: TokenSpan) -> int | None:
    """Return the main verb of a sentence, or its main word where it has none."""
    roots = [i for i in range(*piece) if tokens.head[i] == i or not piece[0] <= tokens.head[i] < piece[1]]
    verbs = [i for i in roots if tokens.pos[i] in _VERBAL]
    plain = [i for i in roots if tokens.pos[i] not in ("PUNCT", "SPACE")]
    root = next(iter([*verbs, *plain]), None)
    main = None if root is None else tokens.child(root, "ccomp")
    if root is None or main is None or main > root:
        return root
    return main if _inverted(tokens, root, main) or _says_we(tokens, main) else root


def _says_we(tokens: Tokens, main: int) -> bool:
    """As in "We undertake to avoid any step, near or far, that could": the parse took the last verb for the first."""
    subject = tokens.child(main, *_SUBJECTS)
    return subject is not None and tokens.lower[subject] in listed("issued_documents", "sentences", "we")


def _inverted(tokens: Tokens, root: int, main: int) -> bool:
    """As in "They will bear the cost should they go on": the parse has what hangs for the main verb."""
    subject = tokens.child(root, *_SUBJECTS)
    if subject is None or tokens.pos[root] not in _VERBAL:
        return False
    fronted = any(main < c < subject and tokens.dep[c] == AUXILIARY for c in tokens.children[root])
    return fronted and not any(tokens.text[i] == "," for i in range(main, subject))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of own words: its main verb, that verb's subject, and whether the subject is on the speaker's side."""

    piece: TokenSpan
    root: int
    subject: int | None
    whose: str | None
    first: bool
    own: bool
    modals: frozenset[str]

    @property
    def binds_others(self) -> bool:
        """As in "Mali must withdraw": what is asked of somebody else."""
        return not self.own and bool(self.modals & listed("issued_documents", "sentences", "binding"))


def _sentence(text: Text, stretch: _Stretch, piece: TokenSpan, root: int) -> _Sentence:
    tokens, entities = text.tokens, text.entities
    subject = tokens.child(root, *_SUBJECTS)
    whose = None if subject is None else entities.heads.get(subject) or entities.actor_of.get(subject)
    first = subject is not None and tokens.lower[subject] in listed("issued_documents", "sentences", "we")
    modals = own_modals(tokens, root)
    own = first or whose in stretch.side or (subject is not None and is_of_us(tokens, subject))
    if (
        subject is None
        and modals & listed("issued_documents", "sentences", "willing")
        and _is_post(text)
        and not stretch.turn
    ):
        first = own = True  # "Will raise it in Riga": a post leaves "I" out.
    return _Sentence(piece, root, subject, whose, first, own, modals)


def _is_post(text: Text) -> bool:
    return text.document is not None and text.document.kind is DocumentKind.POST


def is_reflexive(tokens: Tokens, content: tuple[TokenSpan, ...]) -> bool:
    """Tell whether a content is but one word such as "themselves"."""
    first, last = content[0]
    return len(content) == 1 and last - first == 1 and tokens.lower[first].endswith(("self", "selves"))


def _own(text: Text, stretch: _Stretch, piece: TokenSpan, root: int, by_head: dict[int, Candidate]) -> Candidate | None:
    """Return what a sentence of own words states, None where it tells of others or of nothing that binds."""
    tokens = text.tokens
    s = _sentence(text, stretch, piece, root)
    if _asks(tokens, piece):
        return None
    colon = None if stretch.turn else _announced(tokens, s)
    if colon is not None:
        return _candidate(tokens, s, ((piece[0], colon),), (colon + 1, piece[1]))
    known = _known(tokens, s, by_head)
    told = s.modals and (s.first or not stretch.turn)
    told = told and not (s.first and known is not None and known.construction.governs_clause)
    if known is not None and not s.binds_others and not told:
        wide = s.first or (s.own and (stretch.turn or not stretch.several and s.whose != text.issuer))
        wide = wide and known.cue_head == root and _performs(tokens, known)
        return _widened(tokens, known, piece, first=s.first or s.whose is None) if wide else None
    if not _states(tokens, stretch, s):
        return None
    cue = verb_group(tokens, root) if tokens.pos[root] in _VERBAL else ((root, root + 1),)
    binds_itself = s.own and not s.first and stretch.several and s.modals
    return _candidate(tokens, s, cue, piece, s.subject if binds_itself else None)


def _asks(tokens: Tokens, piece: TokenSpan) -> bool:
    return any(tokens.text[i] == "?" for i in range(max(piece[0], piece[1] - 2), min(piece[1] + 1, tokens.n)))


def _candidate(
    tokens: Tokens, s: _Sentence, cue: tuple[TokenSpan, ...], content: TokenSpan, source: int | None = None
) -> Candidate:
    named = () if source is None else (noun_phrase(tokens, source),)
    own = Construction.OWN
    return Candidate(named, source, cue, s.root, (content,), s.root, own, "other", Mode.SAID)


def _known(tokens: Tokens, s: _Sentence, by_head: dict[int, Candidate]) -> Candidate | None:
    """Return what other rules found a sentence's main verb, or its complement, to say of its subject.

    "The Parties commit themselves to withdraw" is not about themselves.
    """
    by_head = {k: c for k, c in by_head.items() if not is_reflexive(tokens, c.content)}
    near = (by_head[c] for c in tokens.children[s.root] if c in by_head)
    return by_head.get(s.root) or next((c for c in near if c.source_head == s.subject), None)


def _performs(tokens: Tokens, known: Candidate) -> bool:
    """Tell whether to say the verb is to do it: "we urge", "we condemn", and one piece follows it."""
    follows = len(known.content) == 1 and known.content[0][0] > known.cue_head
    return follows and not known.construction.is_passive and tokens.lemma[known.cue_head] in performative_verbs()


def _widened(tokens: Tokens, known: Candidate, piece: TokenSpan, *, first: bool) -> Candidate:
    """As in "We urge Mali to withdraw if asked": the words with which one urges are part of one's own words.

    They go on to the sentence's end, or to the next thing that somebody does there.
    """
    joined = (c for c in tokens.children[known.cue_head] if tokens.dep[c] == "conj" and tokens.pos[c] in _VERBAL)
    ends = [tokens.left[c] for c in joined if c >= known.content[0][1]]
    end = min([piece[1], *ends])
    while end > known.content[0][1] and (tokens.lower[end - 1] == "and" or tokens.pos[end - 1] in ("PUNCT", "CCONJ")):
        end -= 1
    made = replace(known, content=((piece[0], end),), construction=Construction.OWN, variant="")
    # "China opposes it", of its spokesman: he speaks.
    return made if known.source_head is None or first else replace(made, source=(), source_head=None)


def _states(tokens: Tokens, stretch: _Stretch, s: _Sentence) -> bool:
    """Tell whether a sentence demands, promises, refuses, offers or makes hang; in a document, all but what is past."""
    root = s.root
    verbal = tokens.pos[root] in _VERBAL
    present = bool(s.modals) or _present(tokens, root)
    if (is_past_form(tokens, root) and not present) or (stretch.turn and s.own and _speaking(tokens, root)):
        return False
    words = {tokens.lower[i] for i in range(*s.piece)}
    willing = s.own and bool(s.modals & listed("issued_documents", "sentences", "willing"))
    ready = s.own and bool(words & listed("issued_documents", "sentences", "ready"))
    order = verbal and s.subject is None and tokens.tag[root] == "VB" and not s.modals and tokens.lemma[root] != "thank"
    hanging = bool(words & listed("issued_documents", "sentences", "conditions"))
    if s.modals & listed("issued_documents", "sentences", "binding") or willing or ready or order or hanging:
        return True
    # "Talks with Kabul go on": the tagger takes a plural's verb for an infinitive.
    telling = is_present_tense(tokens, root) or tokens.tag[root] == "VB" and not has_active_auxiliary(tokens, root)
    return not stretch.turn and verbal and s.subject is not None and (telling or present)


def _announced(tokens: Tokens, s: _Sentence) -> int | None:
    """As in "Made clear: no relief unless they return": the colon after which the words themselves follow."""
    first = s.piece[0]
    if tokens.pos[first] not in _VERBAL or not is_past_form(tokens, first):
        return None
    near = range(first + 1, min(first + _COLON_REACH, s.piece[1] - 1))
    colon = next((i for i in near if tokens.text[i] == ":"), None)
    subject = tokens.child(first, *_SUBJECTS)
    return colon if subject is None or colon is not None and subject > colon else None


def _speaking(tokens: Tokens, root: int) -> bool:
    """As in "I won't get into that", "I shall make a statement": what is part of speaking at all."""
    goal = tokens.child(root, "dobj")
    words = listed("issued_documents", "sentences", "speech_nouns")
    return tokens.lemma[root] in listed("issued_documents", "sentences", "procedural") or (
        goal is not None and tokens.lemma[goal].lower() in words and tokens.lower[goal] in words
    )


def _present(tokens: Tokens, root: int) -> bool:
    return any(is_present_tense(tokens, c) for c in tokens.children[root] if is_auxiliary(tokens, c))


def _named(text: Text, c: Candidate) -> Candidate:
    """Put the issuer's name for the stand-in that an operative paragraph was given for a subject."""
    document, tokens, head = text.document, text.tokens, c.source_head
    if document is None or document.mention is None or head is None or document.kind is not DocumentKind.RESOLUTION:
        return c
    if not is_stand_in(tokens, head):
        return c
    first, last = trim(tokens, _range(tokens, document.mention))
    return replace(c, source=((first, last),), source_head=last - 1) if first < last else c


def speaks_for_itself(text: Text, c: Candidate) -> bool:
    """Tell whether a candidate is a document's own act: its issuer, "we", or nobody is named as the one who acts."""
    if text.document is None or text.issuer is None or c.construction.is_passive or c.construction.is_noun:
        return False
    tokens = text.tokens
    if not text.document.body.start <= tokens.start[c.cue_head] < text.document.body.end:
        return False
    if c.source_head is None:
        return _leads(tokens, c.cue_head)
    if not _leads(tokens, c.cue_head):
        return c.construction is Construction.OWN
    named = text.entities.heads.get(c.source_head) or text.entities.actor_of.get(c.source_head)
    return named == text.issuer or tokens.lower[c.source_head] in listed("issued_documents", "sentences", "we")


def _leads(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb is its sentence's main one, or joined to that."""
    above = tokens.head[verb]
    return above == verb or (tokens.dep[verb] == "conj" and tokens.head[above] == above)


def own_speaker(text: Text, attributions: Sequence[Attribution], i: int, speakers: Sequence[str | None]) -> str | None:
    """Return who speaks in his own words: whoever has the floor there, else the document's issuer; None elsewhere."""
    a, tokens = attributions[i], text.tokens
    parent = a.parent
    head = a.source_head
    if a.construction is Construction.OWN and (head is None or is_of_us(tokens, head)):
        while parent is not None and not attributions[parent].construction.is_labelled:
            parent = attributions[parent].parent
        if parent is not None:
            return speakers[parent]
    if text.document is None or text.issuer is None or a.parent is not None and a.source_head is None:
        return text.issuer if a.construction is Construction.OWN else None
    if not text.document.body.start <= tokens.start[a.cue_head] < text.document.body.end:
        return None
    head = a.source_head
    if head is not None:
        first = tokens.lower[head] in listed("issued_documents", "sentences", "we")
        return text.issuer if first or is_of_us(tokens, head) else None
    if a.construction is Construction.OWN:
        return text.issuer
    if (
        a.construction.is_passive
        or a.construction.is_noun
        or a.construction in (Construction.HEARSAY, Construction.SEEM)
    ):
        return None
    return text.issuer if _leads(tokens, a.cue_head) else None
