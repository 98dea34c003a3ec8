"""Who passed somebody's words on: agencies quoting agencies, outlets quoting officials."""

from __future__ import annotations

from communique.lexicon.cues import cues
from communique.model import Actor, ActorKind
from communique.reading.annotations import Attribution, Cast
from communique.reading.attribution.candidates import quoting_verb, subject_of
from communique.reading.tokens import Piece, Words

_REPORTING_RULES = ("clause", "quote", "as", "aside", "rest", "according", "headline", "passive-clause", "in-view")

_MOST_JOINED = 6
_NEAR = 30

Relayed = tuple[str, Piece]


def actor_at(words: Words, cast: Cast, token: int | None) -> str | None:
    """Return the actor whom a token, or the nearest head above it within its phrase, mentions."""
    if token is None:
        return None
    found = cast.heads.get(token) or cast.actor_of.get(token)
    if found is not None:
        return found
    plain = words.pos[token] == "NOUN" and words.lemma[token].lower() not in cues().sets["media"]
    near = ["appos"] if plain else ["appos", "compound"]
    if words.lemma[token] in cues().nouns:
        near += ["compound", "poss"]
    for dep in near if words.pos[token] in {"NOUN", "PROPN"} else ():
        for child in words.children[token]:
            if words.dep[child] == dep and child in cast.heads:
                return cast.heads[child]
    return None


def source_actor(words: Words, cast: Cast, a: Attribution) -> str | None:
    """Return the actor whom an attribution's source words name: the group where they join several."""
    joined = joined_actors(words, cast, a.source_head)
    if len(joined) > 1:
        group = group_id(joined)
        if any(actor.id == group for actor in cast.actors):
            return group
    return _named_last(words, cast, a) or actor_at(words, cast, a.source_head)


def _named_last(words: Words, cast: Cast, a: Attribution) -> str | None:
    """As in "the head of the delegation, Vera Grabe": whoever a description of several words names at its end."""
    if not a.source or a.source_head is None:
        return None
    start, end = a.source[-1]
    while end > start and words.pos[end - 1] == "PUNCT":
        end -= 1
    comma = next((t for t in range(end - 1, start, -1) if words.text[t] == ","), None)
    if comma is None or a.source_head >= comma or words.pos[a.source_head] != "NOUN":
        return None
    names = {cast.actor_of.get(t) for t in range(comma + 1, end)}
    if len(names) != 1 or any(words.pos[t] != "PROPN" for t in range(comma + 1, end)):
        return None
    return names.pop()


def joined_actors(words: Words, cast: Cast, token: int | None) -> list[str]:
    """Return the actors of a coordinated phrase, "Mali and Niger", in order; one or none otherwise."""
    found: list[str] = []
    while token is not None and len(found) < _MOST_JOINED:
        actor = actor_at(words, cast, token)
        if actor is not None and actor not in found:
            found.append(actor)
        token = words.child(token, "conj")
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
    return a.rule.startswith(_REPORTING_RULES)


def quoted_through(words: Words, cast: Cast, a: Attribution) -> list[Relayed]:
    """Relayers named beside the cue: "Yonhap, quoting KCNA, reported"; "was quoted by TASS as saying"."""
    found: list[Relayed] = []
    for token in cited_tokens(words, a):
        _add(words, cast, token, found)
    quoter = quoting_verb(words, a.cue_head)
    node = a.cue_head
    for _ in range(3):
        node = words.head[node] if quoter is None else quoter
        if words.lemma[node] in cues().sets["quoting"] and words.pos[node] == "VERB":
            agent = words.child(node, "agent")
            if agent is None and words.lower[a.cue_head + 1 : a.cue_head + 2] == ["by"]:
                agent = a.cue_head + 1  # "was quoted as saying by TASS"
            if agent is not None:
                _add(words, cast, words.child(agent, "pobj"), found)
            elif not words.has_child(node, "nsubjpass", "auxpass"):
                _add(words, cast, subject_of(words, node), found)
            break
        if words.head[node] == node:
            break
    return found


def carried_by(words: Words, cast: Cast, a: Attribution, kinds: dict[str, ActorKind]) -> list[Relayed]:
    """Those who carried the words: "in remarks carried by TASS", "as cited by Reuters", "through his spokesman"."""
    lexicon = cues().sets
    first, last = words.sentences[words.sentence[a.cue_head]]
    found: list[Relayed] = []
    for i in range(max(first, a.cue_head - _NEAR), min(last - 1, a.cue_head + _NEAR)):
        low = words.lower[i]
        if any(start <= i < end for start, end in a.content):
            continue
        passed = words.lemma[i] in lexicon["carrying"] | lexicon["quoting"] and words.tag[i] in {"VBN", "VBD"}
        goal: int | None = None
        if passed and words.lower[i + 1] == "by" and words.dep[i] != "ROOT":
            goal = words.child(i + 1, "pobj")
        elif low in {"through", "via"} and words.head[i] == a.cue_head:
            goal = words.child(i, "pobj")
            goal = goal if goal is not None and _mouthpiece(words, goal) else None
            passed = False
        if goal is not None and (not passed or is_relayer(kinds, actor_at(words, cast, goal))):
            _add(words, cast, goal, found)
    return found


def _mouthpiece(words: Words, token: int) -> bool:
    return any(words.lemma[t].lower() in cues().sets["mouthpieces"] for t in (token, *words.children[token]))


def cited_tokens(words: Words, a: Attribution) -> list[int]:
    """Return the tokens that name whom a report cites beside its cue: "citing X", "with reference to X"."""
    spots = [a.cue_head]
    if a.source_head is not None and abs(a.source_head - a.cue_head) < _NEAR:
        spots.append(a.source_head)
    found: list[int] = []
    after = a.cue_head + 1 + (a.cue_head + 1 < words.n and words.text[a.cue_head + 1] == ",")
    if after < words.n and words.tag[after] == "VBG" and words.lemma[after] in cues().sets["quoting"]:
        torn = words.child(after, "dobj")
        found.extend([] if torn is None else [torn])
    for spot in spots:
        for child in words.children[spot]:
            goal: int | None = None
            if words.lemma[child] in cues().sets["quoting"] | {"relay"} and words.tag[child] == "VBG":
                goal = words.child(child, "dobj")
            elif words.lemma[child] in cues().sets["quoting"] and words.dep[child] == "relcl":
                which = words.child(child, "nsubj")
                quoted = which is not None and words.lower[which] in {"which", "that"}
                goal = words.child(child, "dobj") if quoted else None
            elif words.lower[child] == "with" and words.dep[child] == "prep":
                noun = words.child(child, "pobj")
                if noun is not None and words.lemma[noun] == "reference":
                    to = words.child(noun, "prep")
                    goal = words.child(to, "pobj") if to is not None else None
            if goal is not None and goal not in found:
                found.append(goal)
    return found


def _add(words: Words, cast: Cast, token: int | None, found: list[Relayed]) -> None:
    actor = actor_at(words, cast, token)
    if actor is not None and token is not None and all(actor != other for other, _ in found):
        found.append((actor, (token, token + 1)))


def is_carrying(words: Words, a: Attribution) -> bool:
    """Tell whether the cue is one of passing on ("was reported by TASS")."""
    return words.lemma[a.cue_head] in cues().sets["carrying"]


def stance_holder(words: Words, cast: Cast, a: Attribution) -> int | None:
    """Return the token of whoever holds the stance that a relayed content describes.

    "Moscow remains open to dialogue", "Seoul wants talks": the subject of a clause whose predicate is a stance.
    """
    clause = a.clause
    if clause is None:
        return None
    subject = words.child(clause, "nsubj", "nsubjpass")
    if subject is None or subject not in cast.heads and subject not in cast.actor_of:
        return None
    lexicon = cues()
    if words.pos[clause] == "VERB" and words.lemma[clause] in lexicon.verbs:
        return subject
    for child in words.children[clause]:
        if words.dep[child] in {"acomp", "oprd", "attr"} and (
            words.lower[child] in lexicon.adjectives or words.lemma[child] in lexicon.nouns
        ):
            return subject
    return None
