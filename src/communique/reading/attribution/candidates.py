"""What the generators of attributions share: the candidate, source and cue spans, clause boundaries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.model import Mode
from communique.reading.annotations import Entities, Quotation
from communique.reading.constructions import Construction
from communique.reading.grammar.auxiliaries import is_modal, is_present_tense
from communique.reading.grammar.labels import (
    AUXILIARY,
    FINITE,
    NEGATION,
    PASSIVE_AUXILIARY,
    PAST_TENSE,
    TENSED,
    THIRD_PERSON,
)
from communique.reading.grammar.possessives import makes_owner
from communique.reading.grammar.subjects import (
    active_subject,
    has_active_subject,
    has_nominal_subject,
    is_nominal_subject,
    nominal_subject,
    passive_subject,
)
from communique.reading.grammar.token_ranges import ranges, trim
from communique.reading.tokens import Tokens, TokenSpan

_JOINED_STEPS = 6
"""Verbs that are gone up from a verb to find its subject."""
_CLAUSE_STEPS = 8
"""Words that are gone up from a verb to the verb of saying above it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution. ``cue_class`` is the lexicon class of its cue.

    ``variant`` tells constructions of one kind apart, by the word that makes them: "for" of "called for". ``joined``
    says that a clause and quotations of one cue were put together. ``rule`` is what the extractor calls the rule that
    found it, for provenance alone; where it is empty, it is called after its form.
    """

    source: tuple[TokenSpan, ...]
    source_head: int | None
    cue: tuple[TokenSpan, ...]
    cue_head: int
    content: tuple[TokenSpan, ...]
    clause: int | None
    construction: Construction
    cue_class: str
    mode: Mode
    variant: str = ""
    joined: bool = False
    rule: str = ""

    @property
    def form(self) -> str:
        """The construction with its variant, as the features and the fixed scores know it."""
        own = f"{self.construction.label}-{self.variant}" if self.variant else self.construction.label
        return f"{own}+" if self.joined else own


_LONGEST_SOURCE = 16
_NOMINAL = {"DET", "ADJ", "NOUN", "PROPN", "ADP", "PART", "NUM", "PRON", "ADV"}
_NO_SOURCE = listed("cues", "constructions", "no_source")
_OPEN = listed("closed_classes", "openers_of_conditions")
_DESCRIBING = listed("closed_classes", "articles_and_possessives")
_SUBORDINATING = listed("cues", "constructions", "subordinating")
_TURNING = listed("cues", "constructions", "turning")
_TAIL = 7
_NONE: frozenset[str] = frozenset()

LONGEST_LOOK = 400
"""Tokens that a rule looks ahead or back at most: no real sentence is longer, and hostile ones must stay cheap."""


def subject_of(tokens: Tokens, verb: int) -> int | None:
    """Return the head token of whoever does the verb: its own subject, or the one it shares or modifies."""
    node = verb
    reported = _quoted_as(tokens, verb)
    if reported is not None:
        return reported
    outer = governing_cue(tokens, verb)
    if outer is not None:
        return subject_of(tokens, outer)
    joined = _own_or_spoken_before(tokens, verb)
    if joined is not None:
        return joined
    verb = _over_subordinate(tokens, verb)
    node = verb
    for _ in range(_JOINED_STEPS):
        own = nominal_subject(tokens, node)
        if own is None and node != verb:
            inserted = inserted_source(tokens, node)
            own = inserted[1] if inserted is not None else None
        if own is not None:
            return own
        dep, head = tokens.dep[node], tokens.head[node]
        if head == node:
            return _torn_subject(tokens, verb) if node == verb else None
        if dep in {"conj", "xcomp", "advcl", "pcomp", "prep", "dep", "parataxis", "ccomp"}:
            if dep == "xcomp" and node == verb:
                controller = tokens.child(head, "dobj")
                if controller is not None and controller < node and tokens.pos[head] == "VERB":
                    return controller
            if dep == "advcl" and tokens.tag[node] not in {"VBG", "VBN", "VB"} and node == verb:
                return None
            if dep == "ccomp" and tokens.tag[node] not in {"VBG", "VBN", "VB"}:
                return None
            node = head
            if tokens.pos[node] in {"NOUN", "PROPN", "PRON"} and dep in {"acl", "prep"}:
                return node if dep == "acl" else None
            continue
        if dep in {"acl", "relcl"}:
            return head
        return None
    return None


def _own_or_spoken_before(tokens: Tokens, verb: int) -> int | None:
    own = own_subject(tokens, verb)
    return _speaking_before(tokens, verb) if own is None else own


def _speaking_before(tokens: Tokens, verb: int) -> int | None:
    """As in "Roe said it was late, adding that, should Chad leave, Mali would": who spoke before speaks on.

    Where the parse hangs it on what follows ("would"), or the words before are by "according to".
    """
    above = tokens.head[verb]
    if tokens.tag[verb] != "VBG" or tokens.dep[verb] != "advcl" or not tokens.has_child(verb, "ccomp"):
        return None
    if above < verb and tokens.lemma[above] in cues().strong:
        return None
    first = tokens.sentences[tokens.sentence[verb]][0]
    for t in range(verb - 1, max(first, verb - LONGEST_LOOK) - 1, -1):
        if tokens.lower[t : t + 2] == ["according", "to"]:
            return tokens.child(t + 1, "pobj")
        if above > verb and tokens.pos[t] == "VERB" and tokens.lemma[t] in cues().strong:
            return active_subject(tokens, t)
    return None


def own_subject(tokens: Tokens, verb: int) -> int | None:
    """Return the subject of a verb's own clause.

    In "Iran promises to cap output and Iraq agrees to pay" the parse may join the second subject to the noun before it.
    """
    own = nominal_subject(tokens, verb)
    if own is not None or tokens.dep[verb] != "conj" or tokens.tag[verb] not in FINITE:
        return own
    name = verb - 1
    while name > 0 and tokens.pos[name] == "ADV":
        name -= 1
    if name < 2 or tokens.dep[name] != "conj" or not is_actor_like(tokens, name) or tokens.head[name] >= name:
        return None
    above, joint = tokens.head[name], tokens.left[name] - 1
    if is_nominal_subject(tokens, above) or tokens.lower[joint] not in _TURNING:
        return None
    return name


def _torn_subject(tokens: Tokens, verb: int) -> int | None:
    """As in "In a note carried by the agency, Ann Lee, the envoy, said": the parse hung her on the phrase before."""
    shared = shared_subject(tokens, verb)
    if shared is not None or tokens.tag[verb] not in TENSED or tokens.lemma[verb] not in cues().strong:
        return shared
    first = max(tokens.sentences[tokens.sentence[verb]][0], verb - 2 * _LONGEST_SOURCE)
    name = verb - 1
    if name > first and tokens.text[name] == ",":
        opened = next(
            (t for t in range(name - 1, first, -1) if tokens.text[t] == "," and tokens.lower[t + 1] in _DESCRIBING),
            None,
        )
        if opened is None:
            return None
        name = opened - 1
    start = name
    while start > first and tokens.pos[start - 1] == "PROPN":
        start -= 1
    if tokens.pos[name] != "PROPN" or start <= first or tokens.text[start - 1] != ",":
        return None
    return name


def _over_subordinate(tokens: Tokens, verb: int) -> int:
    """As in "ruled out a truce until the militia leaves, rejecting talks": the participle is the main clause's."""
    host = tokens.head[verb]
    if tokens.tag[verb] != "VBG" or tokens.dep[verb] != "advcl" or tokens.text[verb - 1] != "," or host > verb:
        return verb
    mark = tokens.child(host, "mark")
    below = tokens.dep[host] == "advcl" and mark is not None and tokens.lower[mark] in _SUBORDINATING
    return tokens.head[host] if below and has_active_subject(tokens, tokens.head[host]) else verb


def shared_subject(tokens: Tokens, verb: int) -> int | None:
    """Return whom the verbs of a headline share: "Burhan rejects talks, demands a retreat"."""
    before = tokens.child(verb, "ccomp")
    if (
        not is_present_tense(tokens, verb)
        or tokens.lemma[verb] == "say"
        or before is None
        or not 0 < before < verb
        or tokens.text[verb - 1] != ","
    ):
        return None
    subject = active_subject(tokens, before)
    return None if subject is None or tokens.pos[subject] == "PRON" else subject


def _quoted_as(tokens: Tokens, verb: int) -> int | None:
    """As in "Quoted X as saying": X says."""
    quoting = quoting_verb(tokens, verb)
    if quoting is not None and quoting < verb - 2 and tokens.pos[verb - 2] in {"NOUN", "PROPN", "PRON"}:
        return verb - 2
    prep = tokens.head[verb]
    if tokens.dep[verb] != "pcomp" or tokens.lower[prep] != "as":
        return None
    return passive_subject(tokens, tokens.head[prep]) or tokens.child(tokens.head[prep], "dobj")


def quoting_verb(tokens: Tokens, saying: int) -> int | None:
    """Return the verb of "the agency quoted X as saying", given its last; the parse often has it as something else."""
    if tokens.tag[saying] != "VBG" or saying < 2 or tokens.lower[saying - 1] != "as":
        return None
    for t in range(saying - 2, max(tokens.sentences[tokens.sentence[saying]][0], saying - _LONGEST_SOURCE) - 1, -1):
        if tokens.lemma[t] in cues().sets["quoting"] and tokens.tag[t] in TENSED:
            return t
        if tokens.text[t] in {".", ";", '"'} or tokens.pos[t] in {"VERB", "AUX"}:
            return None
    return None


def saying_of(tokens: Tokens, quoting: int) -> int | None:
    """Return the last verb of "was quoted as saying" and "quoted her as saying", given the first."""
    for prep in tokens.children[quoting]:
        inner = tokens.child(prep, "pcomp") if tokens.lower[prep] == "as" else None
        if inner is not None:
            return inner
    last = min(tokens.sentences[tokens.sentence[quoting]][1], quoting + _LONGEST_SOURCE)
    return next((t for t in range(quoting + 2, last) if quoting_verb(tokens, t) == quoting), None)


_ACTOR_LIKE = {"GPE", "ORG", "PERSON", "NORP"}
_PERSONAL = listed("closed_classes", "personal_or_who")


def is_actor_like(tokens: Tokens, token: int) -> bool:
    """Tell from the words alone whether a noun or pronoun could speak."""
    return tokens.entity[token] in _ACTOR_LIKE or tokens.pos[token] == "PROPN" or tokens.lower[token] in _PERSONAL


def speaks(tokens: Tokens, verb: int) -> bool:
    """Tell whether a verb is one of saying, blaming or praising."""
    lexicon = cues()
    lemma = tokens.lemma[verb]
    return lemma in lexicon.strong or not lexicon.verbs.get(lemma, _NONE).isdisjoint({"blame", "praise", "direct"})


def is_insertable(tokens: Tokens, v: int) -> bool:
    """Tell whether a verb of saying or musing may stand in the middle of what is said: "Talks, he felt, would help"."""
    if tokens.lemma[v] in cues().sets["musing"]:
        return v + 1 < tokens.n and tokens.pos[v + 1] == "PUNCT"
    return tokens.lemma[v] in cues().strong


def inserted_source(tokens: Tokens, v: int) -> tuple[TokenSpan, int] | None:
    """The noun phrase between a comma and a strong verb that closes or interrupts its sentence, and its head.

    "..., the presidency said.", "..., a source in the agency said, ..." and "..., an aide, Ann Lee, said.": whatever
    the parse has, what was said stands before the comma.
    """
    if tokens.tag[v] not in TENSED or not is_insertable(tokens, v):
        return None
    first, last = tokens.sentences[tokens.sentence[v]]
    named = _name_set_off(tokens, v)
    k = v - 1 if named is None else named[0] - 2
    while k > max(first, v - _LONGEST_SOURCE) and tokens.pos[k] in _NOMINAL:
        k -= 1
    if named is not None and (k < first or not _describes(tokens, k + 1, named[0])):
        return None
    if tokens.text[k] != "," or k + 1 >= v or tokens.lower[k + 1] in _NO_SOURCE or tokens.lower[k - 1] in _OPEN:
        return None
    nouns = [i for i in range(k + 1, v) if tokens.pos[i] in {"NOUN", "PROPN", "PRON"}]
    if not nouns or not any(tokens.tag[i] in FINITE for i in range(max(first, k - LONGEST_LOOK), k)):
        return None
    for i in range(v + 1, min(last, v + _TAIL)):
        if tokens.text[i] in {",", ".", '"', ":", ";"}:
            break
        if tokens.pos[i] in {"VERB", "AUX", "SCONJ", "CCONJ", "PRON"}:
            return None
    else:
        if last > v + _TAIL:
            return None
    subject = active_subject(tokens, v) if named is None else named[1] - 1
    if subject is None or not k < subject < v:
        subject = nouns[-1] if tokens.pos[nouns[0]] == "PROPN" else nouns[0]
    return (k + 1, v), subject


def _describes(tokens: Tokens, start: int, end: int) -> bool:
    """As in "an aide, Ann Lee,", "Iraq's adviser, Ann Lee,": what stands before a name says who that is."""
    return tokens.lower[start] in _DESCRIBING or any(makes_owner(tokens, i) for i in range(start, end))


def inverted_source(tokens: Tokens, v: int) -> tuple[TokenSpan, int] | None:
    """The noun phrase after a verb, which commas set off with it inside a sentence, and its head.

    "Talks, said Ann Lee, are over": the parse mostly has what stands before the comma as the one who said it.
    """
    first, last = tokens.sentences[tokens.sentence[v]]
    if tokens.tag[v] not in {PAST_TENSE, THIRD_PERSON} or tokens.lemma[v] not in cues().strong or v < first + 2:
        return None
    k = v + 1
    while k < min(last, v + _LONGEST_SOURCE) and tokens.pos[k] in _NOMINAL and tokens.lower[k] not in _NO_SOURCE:
        k += 1
    named = {"NOUN", "PROPN", "PRON"}
    nouns = [i for i in range(v + 1, k) if tokens.pos[i] in named and tokens.entity[i] not in {"DATE", "TIME"}]
    if tokens.text[v - 1] != "," or k + 2 >= last or tokens.text[k] != "," or not nouns:
        return None
    if tokens.pos[k + 1] not in {"VERB", "AUX"} or tokens.tag[k + 1] not in FINITE:
        return None
    name = next((i for i in nouns if tokens.pos[i] == "PROPN" and tokens.pos[i + 1] != "PROPN"), None)
    return (v + 1, k), nouns[0] if name is None else name


def _name_set_off(tokens: Tokens, v: int) -> TokenSpan | None:
    """The name between two commas right before a verb: "an aide, Ann Lee, said"."""
    start = end = v - 1
    while start > 0 and tokens.pos[start - 1] == "PROPN":
        start -= 1
    named = start < end and tokens.text[end] == "," and tokens.text[start - 1] == ","
    return (start, end) if named and start > 1 else None


def apposed_end(tokens: Tokens, comma: int, last: int) -> int | None:
    """Return the comma that closes a description after the one told: "told MIA, the state news agency, that"."""
    if comma + 1 >= last or tokens.text[comma] != "," or tokens.pos[comma - 1] != "PROPN":
        return None
    if tokens.lower[comma + 1] not in _DESCRIBING:
        return None
    for t in range(comma + 2, min(last - 1, comma + _LONGEST_SOURCE)):
        if tokens.text[t] == ",":
            return t
        if tokens.pos[t] not in _NOMINAL:
            return None
    return None


def governing_cue(tokens: Tokens, verb: int) -> int | None:
    """Return the cue whose speaker also does a trailing verb that the parse put under that cue's content.

    "Stressing that Russia blocks nothing while accusing Japan": whoever stresses accuses. "Insisted the border was
    settled and urged Hanoi to talk": a border does not urge.
    """
    dep, tag = tokens.dep[verb], tokens.tag[verb]
    if dep not in {"advcl", "conj", "acl"} or has_nominal_subject(tokens, verb):
        return None
    finite = dep == "conj" and tag in TENSED and tokens.lemma[verb] in cues().verbs
    if tag == "VBG":
        if dep == "conj" and tokens.tag[tokens.head[verb]] == "VBG" and tokens.dep[tokens.head[verb]] == "pcomp":
            return None
        k = verb - 1
        while k >= 0 and (tokens.pos[k] in {"ADV", "SCONJ", "CCONJ"}):
            k -= 1
        if verb == 0 or tokens.lower[verb - 1] not in {"while", "and"} and tokens.text[k] not in {",", "–", "—", '"'}:
            return None
    elif not finite:
        return None
    node = tokens.head[verb]
    for _ in range(_CLAUSE_STEPS):
        if tokens.dep[node] == "ccomp" and speaks(tokens, tokens.head[node]) and tokens.head[node] < node:
            subject = nominal_subject(tokens, node)
            cue = tokens.head[node]
            own = subject is None or is_actor_like(tokens, subject)
            return None if finite and own and not _tenses_part(tokens, node, verb, cue) else cue
        if tokens.head[node] == node or _speaks_apart(tokens, node):
            return None
        node = tokens.head[node]
    return None


def _speaks_apart(tokens: Tokens, node: int) -> bool:
    """As in "..., while a spokesman called it good and confirmed it": the clause has a speaker of its own."""
    subject, mark = active_subject(tokens, node), tokens.child(node, "mark")
    turning = mark is not None and tokens.lower[mark] in _TURNING
    return turning and subject is not None and tokens.lemma[node] in cues().verbs


def _tenses_part(tokens: Tokens, clause: int, verb: int, cue: int) -> bool:
    """As in "said the army would go and accused ...": the second verb keeps the cue's tense, not the content's."""
    apart = is_present_tense(tokens, clause) or any(
        is_modal(tokens, c) or (tokens.lower[c] == "had" and tokens.dep[c] == AUXILIARY)
        for c in tokens.children[clause]
    )
    parted = tokens.lower[verb - 1] == "and" and tokens.text[verb - 2] == ","
    return tokens.tag[verb] == tokens.tag[cue] and (parted or (apart and speaks(tokens, verb)))


def noun_phrase(tokens: Tokens, head: int) -> TokenSpan:
    """Return a noun's phrase without the loose clauses that trail it."""
    left, right = tokens.left[head], tokens.right[head]
    for child in tokens.children[head]:
        if child > head and tokens.dep[child] in {"relcl", "acl", "advcl", "ccomp"}:
            right = min(right, tokens.left[child] - 1)
            break
    left = next(
        (t + 1 for t in range(head - 1, max(left, head - _LONGEST_SOURCE) - 1, -1) if tokens.text[t] == ":"), left
    )
    return trim(tokens, (left, max(right, head) + 1))


def verb_group(tokens: Tokens, verb: int) -> tuple[TokenSpan, ...]:
    """Return a verb with its auxiliaries, negation and particle as token ranges."""
    parts = {AUXILIARY, PASSIVE_AUXILIARY, NEGATION, "prt"}
    return ranges([verb, *(child for child in tokens.children[verb] if tokens.dep[child] in parts)])


def has_speaker(tokens: Tokens, c: Candidate, entities: Entities) -> bool:
    """Tell whether a candidate names one who can speak, or has a clause or quotation that somebody must have said."""
    s = c.source_head
    if c.construction.has_clause:
        return True
    if s is None or s in entities.heads or s in entities.actor_of or tokens.pos[s] != "NOUN":
        return s is not None
    return c.construction.is_passive or tokens.lemma[s] in cues().sets["issued"]


def speech_tokens(quotations: Iterable[Quotation]) -> frozenset[int]:
    """Return the tokens that stand inside quotations of speech."""
    return frozenset(i for q in quotations if not q.scare and not q.depth for i in range(q.start, q.end))
