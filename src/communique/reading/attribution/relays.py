"""Who passed somebody's words on: agencies quoting agencies, outlets quoting officials."""

from __future__ import annotations

from functools import cache

from communique.lexicon.cues import cues
from communique.model import Actor, ActorKind
from communique.reading.annotations import Attribution, Entities
from communique.reading.attribution.candidates import quoting_verb, subject_of
from communique.reading.grammar.auxiliaries import is_past_form
from communique.reading.grammar.subjects import active_subject, is_passive, nominal_subject
from communique.reading.tokens import Tokens, TokenSpan

_MOST_JOINED = 6
_NEAR = 30
_UP = 3

Relayed = tuple[str, TokenSpan]


def actor_at(tokens: Tokens, entities: Entities, token: int | None) -> str | None:
    """Return the actor whom a token, or the nearest head above it within its phrase, mentions."""
    if token is None:
        return None
    found = entities.heads.get(token) or entities.actor_of.get(token)
    if found is not None:
        return found
    plain = tokens.pos[token] == "NOUN" and tokens.lemma[token].lower() not in cues().sets["media"]
    near = ["appos"] if plain else ["appos", "compound"]
    if tokens.lemma[token] in cues().nouns:
        near += ["compound", "poss"]
    for dep in near if tokens.pos[token] in {"NOUN", "PROPN"} else ():
        for child in tokens.children[token]:
            if tokens.dep[child] == dep and child in entities.heads:
                return entities.heads[child]
    return None


def source_actor(tokens: Tokens, entities: Entities, a: Attribution) -> str | None:
    """Return the actor whom an attribution's source words name: the group where they join several."""
    joined = joined_actors(tokens, entities, a.source_head)
    if len(joined) > 1:
        group = group_id(joined)
        if group in entities.known:
            return group
    return _named_last(tokens, entities, a) or actor_at(tokens, entities, a.source_head)


def _named_last(tokens: Tokens, entities: Entities, a: Attribution) -> str | None:
    """As in "the head of the delegation, Vera Grabe": whoever a description of several words names at its end."""
    if not a.source or a.source_head is None:
        return None
    start, end = a.source[-1]
    while end > start and tokens.pos[end - 1] == "PUNCT":
        end -= 1
    comma = next((t for t in range(end - 1, start, -1) if tokens.text[t] == ","), None)
    if comma is None or a.source_head >= comma or tokens.pos[a.source_head] != "NOUN":
        return None
    names = {entities.actor_of.get(t) for t in range(comma + 1, end)}
    if len(names) != 1 or any(tokens.pos[t] != "PROPN" for t in range(comma + 1, end)):
        return None
    return names.pop()


def joined_actors(tokens: Tokens, entities: Entities, token: int | None) -> list[str]:
    """Return the actors of a coordinated phrase, "Mali and Niger", in order; one or none otherwise."""
    found: list[str] = []
    while token is not None and len(found) < _MOST_JOINED:
        actor = actor_at(tokens, entities, token)
        if actor is not None and actor not in found:
            found.append(actor)
        token = tokens.child(token, "conj")
    return found


def group_id(members: list[str]) -> str:
    """Return the id of the group of these actors, whatever their order."""
    return "group:" + "+".join(sorted(members))


def group_of(members: list[str], actors: dict[str, Actor]) -> str:
    """Return the id of the actor of several who speak or act as one, added to ``actors`` where it is not there."""
    own = group_id(members)
    if own not in actors:
        names = [actors[m].name for m in members]
        actors[own] = Actor(
            id=own,
            name=f"{', '.join(names[:-1])} and {names[-1]}",
            kind=ActorKind.GROUP,
            members=tuple(members),
        )
    return own


def is_relayer(kinds: dict[str, ActorKind], actor: str | None) -> bool:
    """Tell whether an actor passes on words by trade."""
    return actor is not None and kinds.get(actor) is ActorKind.OUTLET


def reports_words(a: Attribution) -> bool:
    """Tell whether the attribution gives its content as told, so that what is inside came through its source."""
    return a.construction.reports_words


def cited_by(tokens: Tokens, entities: Entities, a: Attribution) -> list[Relayed]:
    """Return those whom a report cites beside its cue, in order: "Yonhap, quoting KCNA, reported"."""
    found: list[Relayed] = []
    for token in cited_tokens(tokens, a):
        _add(tokens, entities, token, found)
    return found


def quoted_through(tokens: Tokens, entities: Entities, a: Attribution) -> list[Relayed]:
    """Return those who quote the speaker: "was quoted by TASS as saying", "TASS cited Izvestia, which quoted him"."""
    found: list[Relayed] = []
    for token in quoters(tokens, a):
        _add(tokens, entities, token, found)
    return found


def quoters(tokens: Tokens, a: Attribution) -> list[int]:
    """Return the tokens that name whoever quotes, reports or cites the one whose cue this is, the nearest first."""
    quoter = quoting_verb(tokens, a.cue_head)
    node = a.cue_head
    for _ in range(_UP):
        node = tokens.head[node] if quoter is None else quoter
        told = tokens.lemma[node] in cues().sets["quoting"] or _reported_to(tokens, node, a.cue_head)
        if told and tokens.pos[node] == "VERB":
            return _who_quotes(tokens, node, a.cue_head)
        if tokens.head[node] == node:
            break
    return []


def _reported_to(tokens: Tokens, verb: int, cue: int) -> bool:
    """As in "she was reported by TASS to have called the talks a farce"."""
    carried = tokens.lemma[verb] in cues().sets["carrying"] and tokens.has_child(verb, "agent")
    return carried and tokens.head[cue] == verb and tokens.dep[cue] in {"xcomp", "oprd"}


def _who_quotes(tokens: Tokens, verb: int, cue: int) -> list[int]:
    agent = tokens.child(verb, "agent")
    if agent is None and tokens.lower[cue + 1 : cue + 2] == ["by"]:
        agent = cue + 1  # "was quoted as saying by TASS"
    goal = None if agent is None else tokens.child(agent, "pobj")
    if agent is not None or is_passive(tokens, verb):
        return [] if goal is None else [goal]
    subject = subject_of(tokens, verb)
    if subject is None or tokens.dep[verb] != "relcl":
        return [] if subject is None else [subject]
    medium = tokens.head[verb]
    above = tokens.head[medium]
    cites = tokens.lemma[above] in cues().sets["quoting"] and tokens.dep[medium] == "dobj"
    outer = active_subject(tokens, above) if cites else None
    return [medium] if outer is None else [medium, outer]


def carried_by(tokens: Tokens, entities: Entities, a: Attribution, kinds: dict[str, ActorKind]) -> list[Relayed]:
    """Those who carried the words: "in remarks carried by TASS", "as cited by Reuters", "through his spokesman"."""
    found: list[Relayed] = []
    for goal, passed in carriers(tokens, a):
        if not passed or is_relayer(kinds, actor_at(tokens, entities, goal)):
            _add(tokens, entities, goal, found)
    return found


def carriers(tokens: Tokens, a: Attribution) -> list[tuple[int, bool]]:
    """Return the tokens that name who carried the words of a cue; True where their trade must be to carry words."""
    passing = _passing()
    first, last = tokens.sentences[tokens.sentence[a.cue_head]]
    found: list[tuple[int, bool]] = []
    for i in range(max(first, a.cue_head - _NEAR), min(last - 1, a.cue_head + _NEAR)):
        low = tokens.lower[i]
        passed = tokens.lemma[i] in passing and is_past_form(tokens, i)
        if not (passed or low in {"through", "via"}) or any(start <= i < end for start, end in a.content):
            continue
        goal: int | None = None
        if passed and tokens.lower[i + 1] == "by" and tokens.dep[i] != "ROOT":
            goal = tokens.child(i + 1, "pobj")
        elif low in {"through", "via"} and tokens.head[i] == a.cue_head:
            goal = tokens.child(i, "pobj")
            goal = goal if goal is not None and _mouthpiece(tokens, goal) else None
            passed = False
        if goal is not None:
            found.append((goal, passed))
    return found


@cache
def _passing() -> frozenset[str]:
    """Lemmas of verbs of passing words on."""
    return cues().sets["carrying"] | cues().sets["quoting"]


def _mouthpiece(tokens: Tokens, token: int) -> bool:
    return any(tokens.lemma[t].lower() in cues().sets["mouthpieces"] for t in (token, *tokens.children[token]))


def cited_tokens(tokens: Tokens, a: Attribution) -> list[int]:
    """Return the tokens that name whom a report cites beside its cue: "citing X", "with reference to X"."""
    spots = [a.cue_head]
    if a.source_head is not None and abs(a.source_head - a.cue_head) < _NEAR:
        spots.append(a.source_head)
    found: list[int] = []
    quoting = cues().sets["quoting"]
    after = a.cue_head + 1 + (a.cue_head + 1 < tokens.n and tokens.text[a.cue_head + 1] == ",")
    if after < tokens.n and tokens.tag[after] == "VBG" and tokens.lemma[after] in quoting:
        torn = tokens.child(after, "dobj")
        found.extend([] if torn is None else [torn])
    found.extend(_cited_after(tokens, a))
    for spot in spots:
        for child in tokens.children[spot]:
            goal: int | None = None
            lemma = tokens.lemma[child]
            if (lemma in quoting or lemma == "relay") and tokens.tag[child] == "VBG":
                goal = tokens.child(child, "dobj")
            elif lemma in quoting and tokens.dep[child] == "relcl":
                which = active_subject(tokens, child)
                quoted = which is not None and tokens.lower[which] in {"which", "that"}
                goal = tokens.child(child, "dobj") if quoted else None
            elif tokens.lower[child] == "with" and tokens.dep[child] == "prep":
                noun = tokens.child(child, "pobj")
                if noun is not None and tokens.lemma[noun] == "reference":
                    to = tokens.child(noun, "prep")
                    goal = tokens.child(to, "pobj") if to is not None else None
            if goal is not None and goal not in found:
                found.append(goal)
    return found


def _cited_after(tokens: Tokens, a: Attribution) -> list[int]:
    """As in "According to TASS, citing a diplomat, ...", "said that it was shut, citing a diplomat".

    The parse hangs it on what is said.
    """
    for end in {a.source[-1][1] if a.source else tokens.n, a.content[-1][1]}:
        if end + 1 >= tokens.n or tokens.text[end] != "," or tokens.tag[end + 1] != "VBG":
            continue
        goal = tokens.child(end + 1, "dobj") if tokens.lemma[end + 1] in cues().sets["quoting"] else None
        if goal is not None:
            return [goal]
    return []


def _add(tokens: Tokens, entities: Entities, token: int | None, found: list[Relayed]) -> None:
    actor = actor_at(tokens, entities, token)
    if actor is not None and token is not None and all(actor != other for other, _ in found):
        found.append((actor, (token, token + 1)))


def is_carrying(tokens: Tokens, a: Attribution) -> bool:
    """Tell whether the cue is one of passing on ("was reported by TASS")."""
    return tokens.lemma[a.cue_head] in cues().sets["carrying"]


def stance_holder(tokens: Tokens, entities: Entities, a: Attribution) -> int | None:
    """Return the token of whoever holds the stance that a relayed content describes.

    "Moscow remains open to dialogue", "Seoul wants talks": the subject of a clause whose predicate is a stance.
    """
    clause = a.clause
    if clause is None:
        return None
    subject = nominal_subject(tokens, clause)
    if subject is None or subject not in entities.heads and subject not in entities.actor_of:
        return None
    lexicon = cues()
    if tokens.pos[clause] == "VERB" and tokens.lemma[clause] in lexicon.verbs:
        return subject
    for child in tokens.children[clause]:
        if tokens.dep[child] in {"acomp", "oprd", "attr"} and (
            tokens.lower[child] in lexicon.adjectives or tokens.lemma[child] in lexicon.nouns
        ):
            return subject
    return None
