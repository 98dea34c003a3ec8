"""Resolve pronouns and definite descriptions: "he", "its", "who", "the agency", "both sides".

The subject of the clause that a pronoun stands under comes first, then the mention most in view: near, a subject,
often. A pronoun is never its own co-argument, and outside a quotation it looks past what is inside one.
"""

from __future__ import annotations

from communique.lexicon import listed
from communique.model import ActorKind
from communique.reading.entities.registry import SUBJECTS, Figure, Mention, Scene

_HE = {"he", "him", "his", "himself"}

_SHE = {"she", "her", "hers", "herself"}

_IT = {"it", "its", "itself"}

_THEY = {"they", "them", "their", "theirs", "themselves"}

_POSSESSIVE = {"his", "her", "its", "their", "hers", "theirs"}

PRONOUNS = _HE | _SHE | _IT | _THEY | {"who", "whose", "which", "whom"}

_REACH = 4

_CLIMB = 12

_NEUTER = {ActorKind.STATE, ActorKind.TERRITORY, ActorKind.BODY, ActorKind.ORGANISATION, ActorKind.OUTLET}


def resolve_pronoun(scene: Scene, i: int) -> str | None:
    """Return the figure for the pronoun at token i, mentioned; None where nothing in view fits."""
    words = scene.words
    word = words.lower[i]
    if word in ("who", "whose", "which", "whom"):
        key = _relative(scene, i, word)
    elif word in _IT and _pleonastic(scene, i):
        key = None
    else:
        key = _antecedent(scene, i, word)
    if key is None:
        return None
    figure = scene.figures[key]
    if figure.personal and not figure.gender:
        if word in _HE:
            figure.gender = "m"
        elif word in _SHE:
            figure.gender = "f"
    scene.mention(i, i + 1, key, i)
    return key


def _relative(scene: Scene, i: int, word: str) -> str | None:
    words = scene.words
    node = i
    for _ in range(4):
        if words.dep[node] == "relcl":
            key = scene.heads.get(words.head[node]) if words.head[node] < i else None
            if key is not None:
                return key if _relates(scene.figures[key], word) else None
            break
        node = words.head[node]
    k = i - 1
    while k >= 0 and i - k < 3 and words.lower[k] in (",", "of", "to", "with", "from", "-"):
        k -= 1
    key = scene.actor_of.get(k) if k >= 0 else None
    return key if key is not None and _relates(scene.figures[key], word) else None


def _relates(figure: Figure, word: str) -> bool:
    if word in ("who", "whom"):
        return figure.personal or figure.plural
    if word == "which":
        return not figure.personal
    return True


def fits(figure: Figure, word: str) -> bool:
    """Tell whether a pronoun may stand for a figure, by kind, number and gender."""
    if word in _HE:
        return figure.personal and figure.gender != "f"
    if word in _SHE:
        return figure.personal and figure.gender != "m"
    if word in _IT:
        return figure.kind in _NEUTER and not figure.plural or figure.kind is ActorKind.GROUP and not figure.plural
    if figure.plural or figure.members:
        return True
    many = figure.kind is ActorKind.ORGANISATION and figure.name.endswith("s") and " " not in figure.name
    return many or bool(figure.words & listed("coreference", "many"))


def _pleonastic(scene: Scene, i: int) -> bool:
    """As in "It is clear that", "it remains to be seen", "it seems": an "it" that stands for nobody."""
    words = scene.words
    if words.lower[i] != "it":
        return False
    verb = words.head[i]
    if words.dep[i] == "expl" or words.lemma[verb] in ("seem", "appear", "rain", "snow", "happen", "matter", "turn"):
        return True
    if words.dep[i] in SUBJECTS and words.lemma[verb] in ("be", "remain", "become", "take", "make"):
        limit = min(words.n, i + 12)
        if words.lemma[verb] == "take":
            return True
        what = words.child(verb, "acomp", "oprd")
        if what is not None and words.lower[what] in listed("coreference", "disposed"):
            return False
        return any(
            words.lower[k] in ("that", "to", "whether", "if", "for", "who", "how", "why", "when", "what")
            for k in range(i + 2, limit)
        )
    if words.dep[i] in SUBJECTS and words.has_child(verb, "auxpass"):
        after = words.lower[verb + 1] if verb + 1 < words.n else ""
        return after in ("that", "whether", "how") or words.lemma[verb] in ("understand", "expect") and after != "by"
    return False


def _antecedent(scene: Scene, i: int, word: str) -> str | None:
    words = scene.words
    barred = _barred(scene, i, word)
    node, above = i, words.head[i]
    for _ in range(_CLIMB):
        if above == node:
            break
        if words.pos[above] in ("VERB", "AUX"):
            subject = words.child(above, *SUBJECTS)
            if subject is not None and subject < i and subject != node and words.left[subject] <= i:
                verdict = _by_subject(scene, i, word, subject, barred, node)
                if verdict is not None:
                    return verdict or None
        node, above = above, words.head[above]
    found = _most_in_view(scene, i, word, barred)
    if found is None and word in _THEY and words.sentence[i]:
        found = _pair_by_words(scene, words.sentence[i] - 1)
    # As in "Tokyo would not sign, it said", where nobody else is in view.
    named = _named_in_content(scene, i) if found is None and words.dep[i] in SUBJECTS else set()
    return found or next((key for key in named if fits(scene.figures[key], word)), None)


def _by_subject(scene: Scene, i: int, word: str, subject: int, barred: set[str], node: int) -> str | None:
    """What the subject of a clause above says: an id, "" for "nobody", None for no verdict."""
    words = scene.words
    if not _same_voice(scene, i, subject):
        return None
    key = scene.heads.get(subject)
    if key is None and words.lower[subject] in ("who", "which", "that"):
        key = scene.actor_of.get(subject)
    if word in _THEY:
        pair = _pair(scene, subject) or _pair_by_words(scene, words.sentence[subject], subject)
        if pair is not None:
            return pair
    if key is not None and key not in barred and fits(scene.figures[key], word):
        return key
    if key is not None:
        return None
    plain = words.pos[subject] == "NOUN" and words.lower[subject] not in ("who", "which", "that", "it", "this")
    if not plain or words.head[i] == words.head[subject]:
        return None
    plural = words.tag[subject] in ("NNS", "NNPS")
    if _acts(scene, i):
        return None
    if word in _IT and not plural or word in _THEY and plural:
        return ""
    return None


def _acts(scene: Scene, i: int) -> bool:
    """Whether a pronoun is the subject of a verb that only somebody who can act does: "it claims"."""
    words = scene.words
    return words.dep[i] in SUBJECTS and words.lemma[words.head[i]] in listed("coreference", "agentive")


def _of_a_state(scene: Scene, i: int) -> bool:
    """As in "its government": what only a state has."""
    words = scene.words
    return words.dep[i] == "poss" and words.lemma[words.head[i]].lower() in listed("coreference", "of_a_state")


def _pair(scene: Scene, subject: int) -> str | None:
    """As in "Putin and Xi said they": the joined subjects as one."""
    words = scene.words
    keys = []
    node = subject
    for _ in range(6):
        key = scene.heads.get(node)
        if key is None:
            return None
        keys.append(key)
        nxt = words.child(node, "conj")
        if nxt is None:
            break
        node = nxt
    return joined(scene, keys) if len(set(keys)) > 1 else None


def joined(scene: Scene, keys: list[str]) -> str:
    """Return the figure that joins several."""
    ids = tuple(dict.fromkeys(keys))
    names = [scene.figures[k].name for k in ids]
    name = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
    key = "group:" + "+".join(sorted(ids))
    return scene.figure(Figure(key, name, ActorKind.GROUP, members=ids, plural=True)).id


def _pair_by_words(scene: Scene, within: int, subject: int | None = None) -> str | None:
    """Two mentions that "and" joins in a sentence, whatever the parse says."""
    words = scene.words
    ends = {m.end: m for m in scene.mentions[-40:] if m.sentence == within}
    for m in reversed(scene.mentions[-40:]):
        if m.sentence < within:
            return None
        first = ends.get(m.start - 1)
        if m.sentence != within or first is None or first.figure == m.figure or words.lower[m.start - 1] != "and":
            continue
        if scene.figures[first.figure].kind is not scene.figures[m.figure].kind:
            continue
        if (first.start <= subject < m.end) if subject is not None else (first.subject or m.subject):
            return joined(scene, [first.figure, m.figure])
    return None


def _same_voice(scene: Scene, i: int, other: int) -> bool:
    """Whether a mention may serve a pronoun: not inside a quotation that the pronoun is outside of, nor its speaker."""
    return scene.quote[i] == scene.quote[other]


def _barred(scene: Scene, i: int, word: str) -> set[str]:
    """Figures that cannot be meant: the clause's own subject for an object, the speaker of a quotation inside it."""
    words = scene.words
    found: set[str] = set()
    if word not in _POSSESSIVE and not word.endswith(("self", "selves")) or word == "her" and words.tag[i] != "PRP$":
        verb = words.head[i]
        if words.dep[verb] in ("prep", "agent", "dative"):
            verb = words.head[verb]
        if words.dep[i] not in SUBJECTS:
            for _ in range(4):
                if words.dep[verb] not in ("conj", "advcl", "xcomp") or words.has_child(verb, *SUBJECTS):
                    break
                verb = words.head[verb]
            for child in words.children[verb]:
                if words.dep[child] in SUBJECTS and child in scene.heads:
                    found.add(scene.heads[child])
    else:
        # "Lavrov and his counterpart": an owner may be a co-argument, but not of its own phrase.
        pass
    if words.dep[i] in SUBJECTS and word not in _POSSESSIVE:
        found |= _named_in_content(scene, i)
    quote = scene.quote[i]
    if quote >= 0:
        speaker = _speaker_of(scene, i, quote)
        if speaker is not None:
            found.add(speaker)
    return found


def _named_in_content(scene: Scene, i: int) -> set[str]:
    """As in "Washington had pressed others, it said": whoever the content names as its subject is not the speaker."""
    words = scene.words
    verb = words.head[i]
    if not _acts(scene, i):
        return set()
    content = next((c for c in words.children[verb] if words.dep[c] == "ccomp" and c < i), None)
    if content is None and words.dep[verb] == "parataxis" and words.head[verb] != verb:
        content = words.head[verb]
    subject = words.child(content, *SUBJECTS) if content is not None else None
    named = subject is not None and subject < i and words.pos[subject] == "PROPN" and subject in scene.heads
    return {scene.heads[subject]} if named and subject is not None else set()


def _speaker_of(scene: Scene, i: int, quote: int) -> str | None:
    """The subject of the clause that a quotation hangs under, if already known."""
    words = scene.words
    node = i
    for _ in range(_CLIMB):
        above = words.head[node]
        if above == node:
            return None
        if scene.quote[above] != quote:
            subject = words.child(above, *SUBJECTS)
            if subject is not None and scene.quote[subject] != quote:
                return scene.heads.get(subject)
        node = above
    return None


def _most_in_view(scene: Scene, i: int, word: str, barred: set[str]) -> str | None:
    words = scene.words
    here = words.sentence[i]
    inside = scene.quote[i] >= 0
    parallel = words.dep[i] in SUBJECTS
    scores: dict[str, float] = {}
    reach = _REACH if word not in _IT and word not in _THEY else 2
    latest: Mention | None = None
    for m in scene.before(i):
        away = here - m.sentence
        if away > reach:
            break
        if m.start >= i or m.figure in barred or (m.quote >= 0 and m.quote != scene.quote[i] and not inside):
            continue
        if not fits(scene.figures[m.figure], word):
            continue
        weight = (3.0 if m.subject else 1.2) * (0.45**away)
        if m.subject and parallel:
            weight *= 1.3
        if words.dep[m.head] == "poss" or words.pos[m.head] == "PRON" and not m.subject:
            weight *= 0.7
        if m.subject and words.dep[words.head[m.head]] == "ROOT":
            weight *= 1.2
        elif away == 0 and m.subject and parallel and words.dep[words.head[i]] == "ROOT":
            weight *= 0.3
        scores[m.figure] = scores.get(m.figure, 0.0) * 0.6 + weight if m.figure in scores else weight
        latest = latest or m
    if not scores:
        return None
    best = max(scores, key=lambda k: scores[k])
    if (word in _IT or word in _THEY) and _thing_in_view(scene, i, word, best):
        return None
    return best


def _thing_in_view(scene: Scene, i: int, word: str, best: str) -> bool:
    """Whether a thing, subject of this sentence or the one before, is nearer than the actor that would be chosen."""
    words = scene.words
    if _acts(scene, i) or _of_a_state(scene, i):
        return False
    floor = words.sentences[max(0, words.sentence[i] - 1)][0]
    for k in range(i - 1, floor - 1, -1):
        if scene.heads.get(k) == best:
            return (
                words.dep[k] not in SUBJECTS
                and words.dep[k] not in ("poss", "pobj")
                and words.sentence[k] != (words.sentence[i])
            )
        if words.dep[k] in SUBJECTS and words.pos[k] == "NOUN" and k not in scene.heads:
            plural = words.tag[k] in ("NNS", "NNPS")
            if plural == (word in _THEY):
                return True
    return True


def cataphor(scene: Scene, i: int) -> str | None:
    """Resolve a pronoun in a fronted phrase by the subject of its sentence, once all names are known."""
    words = scene.words
    first, last = words.sentences[words.sentence[i]]
    if i - first > 12:
        return None
    node = i
    for _ in range(_CLIMB):
        above = words.head[node]
        if above == node:
            break
        node = above
    subject = words.child(node, *SUBJECTS)
    if subject is None or not i < subject < last or not any(words.lower[k] == "," for k in range(i, subject)):
        return None
    key = scene.heads.get(subject)
    if key is None or not fits(scene.figures[key], words.lower[i]) or scene.quote[i] != scene.quote[subject]:
        return None
    scene.mention(i, i + 1, key, i)
    return key
