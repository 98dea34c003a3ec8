"""Classify what each statement does, from the word that introduces it, its construction and what is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial

from communique.lexicon import listed, load
from communique.model import Act
from communique.reading.acts.content import content_act, own_act, shall_act, threatens, vows_refusal
from communique.reading.acts.own_side import Sides, cast_of
from communique.reading.acts.resolver import ActMatch
from communique.reading.annotations import Attribution, DocumentKind
from communique.reading.attribution.issued_words import side_of
from communique.reading.constructions import Construction
from communique.reading.grammar.auxiliaries import has_modal_of_its_own
from communique.reading.grammar.labels import (
    AUXILIARY,
    NOMINAL_SUBJECTS,
    PASSIVE_AUXILIARY,
)
from communique.reading.grammar.negation import is_denied, is_denied_predicate
from communique.reading.grammar.subjects import active_subject, is_of_us, is_undergone, undergoer
from communique.reading.grammar.verbs import is_infinitive, modal
from communique.reading.protocols import Extractor, Text
from communique.reading.tokens import Tokens

_TURNED_DOWN_OR_REAFFIRMED = listed("acts", "constructions", "turned_down_or_reaffirmed")
_TOLD_TO_SOMEBODY = listed("acts", "constructions", "told_to_somebody")
_RESOLVING = listed("acts", "constructions", "resolving")
_WARNING = listed("acts", "constructions", "warning")
_ASSURING = listed("acts", "constructions", "assuring")
_TURNING_DOWN = listed("acts", "constructions", "turning_down")
_KNOWING = listed("acts", "constructions", "knowing")
_EXPECTING = listed("acts", "constructions", "expecting")
_QUESTION_WORDS = listed("closed_classes", "question_words")
_DECLARING = listed("acts", "constructions", "declaring")
_VOID = listed("acts", "constructions", "void")
_CALLED_WITHIN = 15
_ANSWERING = listed("acts", "constructions", "answering")
_OBJECTING = listed("acts", "constructions", "objecting")
_WRONGS = listed("acts", "constructions", "wrongs")

_ACTS = {act.value: act for act in Act} | {"threat": Act.THREATEN}
_AFTER_NO = {
    Act.PROMISE: Act.REFUSE,
    Act.OFFER: Act.REFUSE,
    Act.PRAISE: Act.CRITICISE,
}
_QUOTES = frozenset(('"', "\u201c", "\u201d", "\u2018", "\u2019", "'", "''", "``", "\u00ab", "\u00bb"))

_PARTICLE_REACH = 6
"""Words from a verb within which its particle makes another verb of it: "turned the offer down"."""
_HELD_REACH = 8
"""Words after "hold" within which "responsible" goes with it."""
_LABEL_REACH = 40
"""Words after a verb of calling within which the label stands."""
_QUOTED_REACH = 25
"""Words after a verb of calling within which a label in quotation marks stands."""
_LONGEST_QUOTED = 6
"""Words from one quotation mark of a label to the other."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """Lemma to act; ``joined`` maps (verb, particle or preposition) to an act."""

    verbs: dict[str, Act]
    joined: dict[tuple[str, str], Act]
    nouns: dict[str, Act]
    adjectives: dict[str, Act]
    carriers: frozenset[str]
    charges: frozenset[str]
    labels: frozenset[str]
    quoted_labels: frozenset[str]
    bad: frozenset[str]
    good: frozenset[str]
    false: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    data = load("acts")
    verbs: dict[str, Act] = {}
    joined: dict[tuple[str, str], Act] = {}
    for name, lemmas in data["verbs"].items():
        for lemma in lemmas.split():
            verb, _, particle = lemma.partition("_")
            if particle:
                joined[verb, particle] = _ACTS[name]
            else:
                verbs[verb] = _ACTS[name]
    content = {name: frozenset(lemmas.split()) for name, lemmas in data["content"].items()}
    return _Lexicon(
        verbs=verbs,
        joined=joined,
        nouns={lemma: _ACTS[name] for name, lemmas in data["nouns"].items() for lemma in lemmas.split()},
        adjectives={lemma: _ACTS[name] for name, lemmas in data["adjectives"].items() for lemma in lemmas.split()},
        carriers=content["carriers"],
        charges=content["charges"],
        labels=content["labels"],
        quoted_labels=content["quoted_labels"],
        bad=content["bad"] | content["judged_bad"],
        good=content["good"],
        false=content["false"],
    )


def rules() -> Extractor[ActMatch]:
    """Make the extractor of acts that goes by the cue, its construction and what is said."""
    return find_acts


def find_acts(text: Text) -> list[ActMatch]:
    """Return one act for each attribution, in their order."""
    sides = cache(cast_of(text.entities).sides)
    we = cache(partial(side_of, text.entities))
    agreed = text.document is not None and text.document.kind is DocumentKind.AGREEMENT
    found = []
    for index, attribution in enumerate(text.attributions):
        known = index < len(text.sources)
        speaker = text.sources[index].speaker if known else None
        own = known and attribution.construction is Construction.OWN
        if own and agreed and modal(text.tokens, attribution.cue_head) == "shall":
            found.append(ActMatch(index, shall_act(text.tokens, attribution)))
            continue
        ours = own and _is_ours(text, attribution, we(speaker))
        if known and text.sources[index].chain:
            attribution = _of_whom_it_quotes(text, attribution, speaker)
        found.append(ActMatch(index, _classify(text.tokens, attribution, sides(speaker), ours=ours)))
    return found


def _of_whom_it_quotes(text: Text, attribution: Attribution, speaker: str | None) -> Attribution:
    """As in "Kim criticised the drill, the agency said": what Kim does, where that is a verb of words."""
    clause = attribution.clause
    if clause is None or not attribution.construction.has_clause or clause == attribution.cue_head:
        return attribution
    subject = active_subject(text.tokens, clause)
    heads = text.entities.heads
    if subject is None or speaker is None or heads.get(subject) != speaker:
        return attribution
    if attribution.source_head is None or heads.get(attribution.source_head) == speaker:
        return attribution
    if text.tokens.lemma[clause] not in _lexicon().verbs or text.tokens.pos[clause] != "VERB":
        return attribution
    return replace(attribution, cue_head=clause, clause=text.tokens.child(clause, "ccomp", "xcomp", "dobj"))


def _is_ours(text: Text, own: Attribution, we: frozenset[str]) -> bool:
    """Tell whether a sentence of own words has the speaker's own side for its subject: "China will respond"."""
    subject = text.tokens.child(own.cue_head, *NOMINAL_SUBJECTS)
    if subject is None:
        return False
    return is_of_us(text.tokens, subject) or text.entities.heads.get(subject) in we


def _classify(tokens: Tokens, attribution: Attribution, sides: Sides, *, ours: bool = False) -> Act:
    lexicon = _lexicon()
    cue = attribution.cue_head
    if attribution.construction is Construction.OWN and (
        tokens.pos[cue] != "VERB" or has_modal_of_its_own(tokens, cue)
    ):
        return own_act(tokens, attribution, sides, ours=ours)
    if tokens.pos[cue] in ("NOUN", "PROPN"):
        act = _noun_act(tokens, attribution, lexicon)
    elif tokens.pos[cue] == "ADJ":
        act = lexicon.adjectives.get(tokens.lemma[cue])
    else:
        act = _verb_act(tokens, attribution, lexicon, sides)
    if act is None:
        act = _carried(tokens, attribution, lexicon)
    if act is None:
        return Act.ASSERT if attribution.negated else content_act(tokens, attribution, sides)
    if act in (Act.PROMISE, Act.OFFER) and threatens(tokens, attribution, sides):
        act = Act.THREATEN
    if act is Act.PROMISE and vows_refusal(tokens, attribution):
        act = Act.REFUSE
    of_word = tokens.pos[cue] == "ADJ" and is_denied_predicate(tokens, cue)
    if attribution.negated or of_word or is_denied(tokens, cue, ended=False):
        if tokens.lemma[cue] in _OBJECTING and act in (Act.REFUSE, Act.CRITICISE):
            return Act.PROMISE  # "does not object to it" lets it be
        return _AFTER_NO.get(act, Act.ASSERT)
    return act


def _noun_act(tokens: Tokens, attribution: Attribution, lexicon: _Lexicon) -> Act | None:
    """Return the act of a noun, or of the verb that turns it down or takes it up: "rejected a proposal"."""
    noun, source = attribution.cue_head, attribution.source_head
    verb = tokens.head[noun]
    if source is not None and tokens.pos[source] != "PRON" and _is_of_source(tokens, noun, source):
        # "Accepted a Bulgarian demand": what another does to it is not what it does.
        own = tokens.child(verb, *NOMINAL_SUBJECTS)
        if own is not None and own != source and own != noun:
            return lexicon.nouns.get(tokens.lemma[noun])
    if is_undergone(tokens, noun) and tokens.pos[verb] == "VERB" and tokens.lemma[verb] not in lexicon.carriers:
        taken = _taken(tokens, verb, lexicon)
        turned_down = taken in (Act.REFUSE, Act.DENY) or tokens.lemma[verb] in _TURNING_DOWN
        if turned_down and tokens.lemma[noun] in lexicon.charges:
            return Act.DENY
        if tokens.lemma[verb] in lexicon.labels | lexicon.quoted_labels:
            return _label(tokens, verb, lexicon) or Act.ASSERT
        if taken is not None:
            return taken
    if tokens.lemma[verb] in _TURNING_DOWN and is_undergone(tokens, noun):
        return Act.DENY if tokens.lemma[noun] in lexicon.charges else Act.REFUSE
    return lexicon.nouns.get(tokens.lemma[noun])


def _taken(tokens: Tokens, verb: int, lexicon: _Lexicon) -> Act | None:
    """The act of a verb with its particle: "brushed aside", "reject"."""
    beside = (lexicon.joined.get((tokens.lemma[verb], tokens.lower[c])) for c in tokens.children[verb] if c > verb)
    return next((act for act in beside if act is not None), lexicon.verbs.get(tokens.lemma[verb]))


def _is_of_source(tokens: Tokens, noun: int, source: int) -> bool:
    """As in "a Bulgarian demand", "a demand by Sofia"."""
    above = tokens.head[source]
    if above == noun:
        return source < noun
    return tokens.dep[source] == "pobj" and tokens.head[above] == noun and tokens.lower[above] in ("by", "from")


def _verb_act(tokens: Tokens, attribution: Attribution, lexicon: _Lexicon, sides: Sides) -> Act | None:
    """Return the act of a verb with its particle, preposition or complement; None where the verb leaves it open."""
    cue = attribution.cue_head
    lemma = tokens.lemma[cue]
    for c in tokens.children[cue]:
        if c > cue and tokens.dep[c] in ("prt", "prep", "advmod", AUXILIARY):
            act = lexicon.joined.get((lemma, tokens.lower[c]))
            if act is not None and c <= cue + (_PARTICLE_REACH if tokens.dep[c] == "prt" else 2):
                return _of_charge(tokens, cue, act, lexicon)
    if cue + 1 < tokens.n and (lemma, tokens.lower[cue + 1]) in lexicon.joined and tokens.lower[cue + 1] != "to":
        return _of_charge(tokens, cue, lexicon.joined[lemma, tokens.lower[cue + 1]], lexicon)
    if lemma in lexicon.labels or lemma in lexicon.quoted_labels:
        act = _label(tokens, cue, lexicon)
        if act is not None:
            return act
    if lemma in _DECLARING and _void(tokens, cue):
        return Act.REFUSE
    if lemma in _ANSWERING and tokens.has_child(cue, "ccomp"):
        return Act.ASSERT  # "objected that it does all it can": the objection is what he says
    special = _by_complement(tokens, attribution, lexicon, sides)
    return special if special is not None else lexicon.verbs.get(lemma)


def _of_charge(tokens: Tokens, cue: int, act: Act, lexicon: _Lexicon) -> Act:
    """As in "brushed aside the charge": what turns down a charge denies it."""
    thing = tokens.child(cue, "dobj") if act is Act.REFUSE else None
    return act if thing is None or tokens.lemma[thing] not in lexicon.charges else Act.DENY


def _void(tokens: Tokens, cue: int) -> bool:
    """As in "declared the instrument null and void": it is not recognised."""
    end = min(tokens.n, cue + _CALLED_WITHIN, tokens.sentences[tokens.sentence[cue]][1])
    void = next((t for t in range(cue + 1, end) if tokens.lower[t] in _VOID), None)
    if void is None or any(tokens.pos[t] == "VERB" for t in range(cue + 1, void)):
        return False
    return void > cue + 1 and tokens.dep[void] not in ("amod", "compound") and tokens.tag[void + 1] not in ("NN", "NNS")


def _by_complement(tokens: Tokens, attribution: Attribution, lexicon: _Lexicon, sides: Sides) -> Act | None:
    """Decide the verbs whose act hangs on what follows them."""
    cue, clause = attribution.cue_head, attribution.clause
    lemma = tokens.lemma[cue]
    infinitive = tokens.child(cue, "xcomp", "ccomp")
    to = infinitive is not None and is_infinitive(tokens, infinitive)
    other = to and infinitive is not None and _someone_else(tokens, cue, infinitive)
    if lemma in _TURNED_DOWN_OR_REAFFIRMED:
        return _turned_down(tokens, cue, lexicon)
    if lemma in ("want", "like"):
        return _wants(tokens, lemma, infinitive, to=to, other=other)
    if lemma in _EXPECTING:
        return Act.DEMAND if other else None
    if lemma in _WARNING and not to and threatens(tokens, attribution, sides, warned=True):
        return Act.THREATEN
    if lemma in _ASSURING and clause is not None and tokens.dep[clause] == "ccomp":
        return Act.PROMISE if modal(tokens, clause) else Act.ASSERT
    if lemma in _TOLD_TO_SOMEBODY:
        return Act.DEMAND if to and lemma != "advise" else None if lemma != "advise" else Act.PROPOSE
    if lemma == "agree":
        return Act.PROMISE if to and not other else None
    return _by_end(tokens, attribution, to, lexicon)


def _wants(tokens: Tokens, lemma: str, infinitive: int | None, *, to: bool, other: bool) -> Act | None:
    """As in "wants to see it lifted", "would like to know", "wants an apology"."""
    if infinitive is not None and tokens.lemma[infinitive] == "see":
        return Act.DEMAND
    if infinitive is not None and tokens.lemma[infinitive] in _KNOWING:
        return Act.ASK
    return Act.DEMAND if other or (lemma == "want" and not to) else None


def _turned_down(tokens: Tokens, cue: int, lexicon: _Lexicon) -> Act | None:
    """Decide the verbs that turn down or reaffirm a thing: a charge is denied."""
    thing = tokens.child(cue, "dobj")
    if thing is not None and tokens.lemma[thing] in lexicon.charges:
        return Act.DENY
    act = load("acts")["turned_down"].get(tokens.lemma[cue])
    return None if act is None else Act(act)


def _by_end(tokens: Tokens, attribution: Attribution, to: bool, lexicon: _Lexicon) -> Act | None:
    """Decide the verbs that seek, accept, suggest or ask; ``to`` tells that an infinitive says what."""
    cue, clause = attribution.cue_head, attribution.clause
    lemma = tokens.lemma[cue]
    if lemma == "seek":
        return None if to else Act.DEMAND
    if lemma in _RESOLVING:
        return lexicon.verbs.get(lemma) if to else None
    if lemma == "accept":
        return None if clause is not None and tokens.dep[clause] == "ccomp" else Act.PROMISE
    if lemma == "suggest":
        return Act.PROPOSE if clause is not None and _suggests_a_step(tokens, clause) else None
    if lemma == "insist" and clause is not None and _subjunctive(tokens, clause):
        return Act.DEMAND
    if lemma == "ask" and clause is not None and _subjunctive(tokens, clause):
        return Act.DEMAND
    if lemma == "ask":
        return Act.DEMAND if to and not _question(tokens, attribution) else None
    if lemma == "demand" and _wants_to_know(tokens, cue):
        return Act.ASK
    if lemma == "hold" and any(tokens.lower[c] == "responsible" for c in range(cue, min(tokens.n, cue + _HELD_REACH))):
        return Act.ACCUSE
    return None


def _suggests_a_step(tokens: Tokens, clause: int) -> bool:
    """As in "suggested meeting", "suggested that they should meet", "suggested a meeting", not "that they had met"."""
    return tokens.tag[clause] == "VBG" or tokens.pos[clause] == "NOUN" or modal(tokens, clause) == "should"


def _wants_to_know(tokens: Tokens, cue: int) -> bool:
    infinitive = tokens.child(cue, "xcomp", "ccomp")
    return infinitive is not None and tokens.lemma[infinitive] == "know"


def _label(tokens: Tokens, cue: int, lexicon: _Lexicon) -> Act | None:
    """As in "Called the move unacceptable", "described the talks as constructive", "called it false that"."""
    thing = tokens.child(cue, "dobj")
    charged = thing is not None and tokens.lemma[thing] in lexicon.charges - {"report"}
    for t in range(cue + 1, min(tokens.right[cue] + 1, cue + _LABEL_REACH)):
        if charged and tokens.lower[t] in lexicon.bad and tokens.dep[t] not in ("amod", "compound"):
            return Act.DENY
        if tokens.lower[t] in lexicon.bad or tokens.lower[t] in _WRONGS:
            return Act.CRITICISE
        if tokens.lower[t] in lexicon.good:
            return Act.PRAISE
        if tokens.lower[t] in lexicon.false and tokens.dep[t] not in ("amod", "compound"):
            return Act.DENY
    if tokens.lemma[cue] in lexicon.quoted_labels and _scare_quoted(tokens, cue):
        return Act.CRITICISE
    return None


def _scare_quoted(tokens: Tokens, cue: int) -> bool:
    """Tell whether a name is given in quotation marks: "called the talks 'a farce'" is seldom kind."""
    marks = [
        t
        for t in range(cue + 1, min(tokens.right[cue] + 2, cue + _QUOTED_REACH, tokens.n))
        if tokens.lower[t] in _QUOTES
    ]
    return len(marks) >= 2 and marks[1] - marks[0] <= _LONGEST_QUOTED


def _carried(tokens: Tokens, attribution: Attribution, lexicon: _Lexicon) -> Act | None:
    """Return the act of the noun that a plain verb carries: "voiced dissatisfaction", "signalled willingness"."""
    cue = attribution.cue_head
    if tokens.lemma[cue] not in lexicon.carriers:
        return None
    thing = undergoer(tokens, cue)
    if thing is None:
        clause = attribution.clause
        thing = clause if clause is not None and tokens.pos[clause] == "NOUN" and tokens.head[clause] == cue else None
    if thing is None:
        return None
    act = lexicon.nouns.get(tokens.lemma[thing])
    if act is not None and any(tokens.lower[c] == "no" for c in tokens.children[thing]):
        return _AFTER_NO.get(act)
    return act


def _question(tokens: Tokens, attribution: Attribution) -> bool:
    for start, end in attribution.content:
        if tokens.lower[start] in _QUESTION_WORDS:
            return True
        if any(tokens.lower[t] == "?" for t in range(max(start, end - 3), min(tokens.n, end + 1))):
            return True
    return False


def _someone_else(tokens: Tokens, cue: int, verb: int) -> bool:
    """Tell whether an infinitive has a doer of its own: "wants Russia to leave"."""
    return tokens.has_child(verb, *NOMINAL_SUBJECTS) or (tokens.child(cue, "dobj") or tokens.n) < verb


def _subjunctive(tokens: Tokens, verb: int) -> bool:
    """Tell whether a clause stands in the subjunctive: "that the dispute be settled"."""
    if modal(tokens, verb) or is_infinitive(tokens, verb):
        return False
    return tokens.tag[verb] == "VB" or any(
        tokens.dep[c] == PASSIVE_AUXILIARY and tokens.lower[c] == "be" for c in tokens.children[verb]
    )
