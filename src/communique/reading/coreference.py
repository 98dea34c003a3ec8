"""Resolve pronouns and definite descriptions: "he", "its", "who", "the agency", "both sides".

The subject of the clause that a pronoun stands under comes first, then the mention most in view: near, a subject,
often. A pronoun is never its own co-argument, and outside a quotation it looks past what is inside one.
"""

from __future__ import annotations

from communique.model import ActorKind
from communique.reading.gazetteer import fold, state_names
from communique.reading.scene import SUBJECTS, Figure, Mention, Scene
from communique.reading.titles import lexicon

_HE = {"he", "him", "his", "himself"}
_SHE = {"she", "her", "hers", "herself"}
_IT = {"it", "its", "itself"}
_THEY = {"they", "them", "their", "theirs", "themselves"}
PRONOUNS = _HE | _SHE | _IT | _THEY | {"who", "whose", "which", "whom"}
_POSSESSIVE = {"his", "her", "its", "their", "hers", "theirs"}
_REACH = 4
_CLIMB = 12
_AGENTIVE = {
    "say",
    "add",
    "reject",
    "want",
    "urge",
    "warn",
    "deny",
    "insist",
    "accuse",
    "demand",
    "call",
    "believe",
    "claim",
    "vow",
    "pledge",
    "agree",
    "refuse",
    "condemn",
    "hope",
    "note",
    "tell",
    "ask",
    "announce",
    "state",
    "reiterate",
    "stress",
    "consider",
    "seek",
    "intend",
    "expect",
    "welcome",
    "oppose",
    "support",
    "decide",
    "plan",
    "argue",
    "describe",
    "view",
    "regard",
    "respond",
    "propose",
    "offer",
    "recognise",
    "recognize",
}
_DISPOSED = {
    "willing",
    "ready",
    "prepared",
    "able",
    "unable",
    "unwilling",
    "determined",
    "open",
    "committed",
    "concerned",
    "confident",
    "worried",
    "keen",
    "eager",
    "free",
    "happy",
    "glad",
    "hopeful",
    "reluctant",
    "obliged",
    "bound",
    "entitled",
    "opposed",
    "interested",
    "satisfied",
    "serious",
    "aware",
    "responsible",
    "capable",
    "alarmed",
}
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
    return many or bool(figure.words & _MANY)


def _pleonastic(scene: Scene, i: int) -> bool:
    """ "It is clear that", "it remains to be seen", "it seems": an "it" that stands for nobody."""
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
        if what is not None and words.lower[what] in _DISPOSED:
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
    return found


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
    if word in _IT and not plural or word in _THEY and plural:
        return ""
    return None


def _pair(scene: Scene, subject: int) -> str | None:
    """ "Putin and Xi said they": the joined subjects as one."""
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
    """Two mentions that "and" joins in a sentence, one of them a subject: the parse often hangs the second elsewhere."""
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
                if words.dep[verb] != "conj" or words.has_child(verb, *SUBJECTS):
                    break
                verb = words.head[verb]
            for child in words.children[verb]:
                if words.dep[child] in SUBJECTS and child in scene.heads:
                    found.add(scene.heads[child])
    else:
        # "Lavrov and his counterpart": an owner may be a co-argument, but not of its own phrase.
        pass
    quote = scene.quote[i]
    if quote >= 0:
        speaker = _speaker_of(scene, i, quote)
        if speaker is not None:
            found.add(speaker)
    return found


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
    for m in reversed(scene.mentions):
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
        return _cataphor(scene, i, word)
    best = max(scores, key=lambda k: scores[k])
    if (word in _IT or word in _THEY) and _thing_in_view(scene, i, word, best):
        return None
    return best


def _thing_in_view(scene: Scene, i: int, word: str, best: str) -> bool:
    """Whether a thing, subject of this sentence or the one before, is nearer than the actor that would be chosen."""
    words = scene.words
    if words.dep[i] in SUBJECTS and words.lemma[words.head[i]] in _AGENTIVE:
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


def _cataphor(scene: Scene, i: int, word: str) -> str | None:
    """ "In his speech, Putin said": a name later in the sentence, kept for the end of the walk by its hit."""
    return None


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


_MANY = {"rebel", "militant", "fighter", "insurgent", "separatist", "guerrilla"}
_TWO = {"both", "two"}
_PAIR_NOUNS = {
    "sides": "state",
    "countries": "state",
    "nations": "state",
    "states": "state",
    "governments": "state",
    "parties": "state",
    "neighbours": "state",
    "neighbors": "state",
    "powers": "state",
    "capitals": "state",
    "allies": "state",
    "rivals": "state",
    "foes": "state",
    "leaders": "person",
    "presidents": "person",
    "ministers": "person",
    "men": "person",
    "officials": "person",
    "diplomats": "person",
    "premiers": "person",
    "adversaries": "state",
    "economies": "state",
    "koreas": "koreas",
}


def pair_at(scene: Scene, i: int) -> tuple[int, int, str] | None:
    """Return ``(start, end, figure)`` of a plural that joins two: "both sides", "the two leaders", "the sides"."""
    words = scene.words
    word = words.lower[i]
    sort = _PAIR_NOUNS.get(word)
    if sort is None:
        return None
    k = i - 1
    while (
        k >= 0
        and i - k < 4
        and (words.pos[k] in ("ADJ", "NOUN") and words.lower[k] not in _TWO)
        and words.lower[k]
        in (
            "neighbouring",
            "neighboring",
            "rival",
            "nuclear",
            "armed",
            "foreign",
            "prime",
            "warring",
            "defence",
            "defense",
            "asian",
            "european",
            "arab",
            "african",
            "-",
        )
    ):
        k -= 1
    if k < 0:
        return None
    two = words.lower[k] in _TWO
    the = words.lower[k] == "the" and word in ("sides", "parties", "neighbours", "neighbors")
    if not two and not the:
        return None
    start = k
    if start and words.lower[start - 1] in ("the", "these", "those", "our", "all"):
        start -= 1
    if word == "capitals" and start and words.lower[start - 1] in ("in", "of"):
        return None
    if sort == "koreas":
        keys = [scene.state("kor").id, scene.state("prk").id]
    else:
        keys = _two_in_view(scene, start, sort, word)
        if len(keys) < 2 and word == "leaders":
            keys = _two_in_view(scene, start, "state", word)
    if len(keys) < 2:
        return None
    return start, i + 1, joined(scene, keys)


def _two_in_view(scene: Scene, at: int, sort: str, noun: str) -> list[str]:
    words = scene.words
    here = words.sentence[at]
    scores: dict[str, float] = {}
    for m in reversed(scene.mentions):
        away = here - m.sentence
        if away > 20:
            break
        figure = scene.figures[m.figure]
        key: str | None = None
        if sort == "person":
            fitting = noun not in ("leaders", "presidents", "premiers") or figure.office in lexicon().leaders
            key = figure.id if figure.personal and figure.kind is not ActorKind.UNNAMED and fitting else None
        elif figure.kind is ActorKind.STATE:
            key = figure.id
        elif (
            figure.kind is ActorKind.TERRITORY
            or figure.kind is ActorKind.ORGANISATION
            and "org:" in figure.id
            and (figure.principal is None and away < 6)
        ):
            key = figure.id
        elif figure.country and figure.kind in (ActorKind.PERSON, ActorKind.BODY, ActorKind.GROUP):
            state = figure.country.lower()
            key = state if state in state_names() else None
        elif figure.members and away < 8:
            for member in figure.members:
                if scene.figures.get(member) is not None and scene.figures[member].kind is ActorKind.STATE:
                    scores[member] = scores.get(member, 0.0) + 0.5 * 0.9**away
        if key is None:
            continue
        place = words.dep[m.head] == "pobj" and words.lower[words.head[m.head]] in ("in", "at", "near")
        weight = 1.0 if m.subject else 0.25 if place else 0.6
        scores[key] = scores.get(key, 0.0) + weight * 0.9**away
    best = sorted(scores, key=lambda k: -scores[k])[:2]
    if sort != "person":
        for key in best:
            if key in state_names():
                scene.state(key)
    return [k for k in best if k in scene.figures]


_NOUNS: dict[str, tuple[set[ActorKind], bool]] = {
    "agency": ({ActorKind.OUTLET, ActorKind.ORGANISATION, ActorKind.BODY}, True),
    "organisation": ({ActorKind.ORGANISATION}, False),
    "organization": ({ActorKind.ORGANISATION}, False),
    "bloc": ({ActorKind.ORGANISATION}, False),
    "alliance": ({ActorKind.ORGANISATION}, False),
    "group": ({ActorKind.ORGANISATION, ActorKind.GROUP}, False),
    "movement": ({ActorKind.ORGANISATION, ActorKind.GROUP}, False),
    "militia": ({ActorKind.ORGANISATION, ActorKind.GROUP}, False),
    "watchdog": ({ActorKind.ORGANISATION}, False),
    "newspaper": ({ActorKind.OUTLET}, False),
    "paper": ({ActorKind.OUTLET}, False),
    "broadcaster": ({ActorKind.OUTLET}, False),
    "network": ({ActorKind.OUTLET}, False),
    "daily": ({ActorKind.OUTLET}, False),
    "outlet": ({ActorKind.OUTLET}, False),
    "ministry": ({ActorKind.BODY}, True),
    "council": ({ActorKind.ORGANISATION, ActorKind.BODY}, True),
    "commission": ({ActorKind.ORGANISATION, ActorKind.BODY}, True),
    "court": ({ActorKind.ORGANISATION, ActorKind.BODY}, True),
    "bank": ({ActorKind.ORGANISATION, ActorKind.BODY}, True),
    "party": ({ActorKind.ORGANISATION}, True),
    "front": ({ActorKind.ORGANISATION}, True),
    "union": ({ActorKind.ORGANISATION, ActorKind.GROUP}, True),
    "committee": ({ActorKind.ORGANISATION, ActorKind.BODY}, True),
    "forum": ({ActorKind.ORGANISATION}, True),
    "association": ({ActorKind.ORGANISATION}, True),
    "company": ({ActorKind.ORGANISATION}, False),
    "institute": ({ActorKind.ORGANISATION}, True),
    "department": ({ActorKind.BODY}, True),
    "country": ({ActorKind.STATE}, False),
    "nation": ({ActorKind.STATE}, False),
    "kingdom": ({ActorKind.STATE}, False),
    "republic": ({ActorKind.STATE}, False),
}
DESCRIPTIONS = frozenset(_NOUNS)


def described_at(scene: Scene, i: int) -> tuple[int, int, str] | None:
    """Return ``(start, end, figure)`` of "the agency", "the bloc", "the country" at head noun i."""
    words = scene.words
    start = i - 1
    hit = scene.hit_at.get(start)
    if hit is not None and hit.entry.sort == "people":
        start = hit.start - 1
    if start >= 0 and words.lower[start] in (
        "news",
        "rebel",
        "armed",
        "regional",
        "un",
        "nuclear",
        "military",
        "militant",
    ):
        start -= 1
    if start < 0 or words.lower[start] not in ("the", "this", "his", "her", "its", "their"):
        return None
    after = words.lower[i + 1] if i + 1 < words.n else ""
    if i + 1 < words.n and (i + 1 in scene.hit_at or words.pos[i + 1] == "PROPN") and after != "and":
        return None
    if (
        after in ("of", "-")
        or words.pos[i] not in ("NOUN", "PROPN")
        and not words.text[i][0].isupper()
        or words.dep[i] == "compound"
    ):
        return None
    nation = scene.hit_at.get(start + 1)
    whose = words.lower[start]
    kinds, named = _NOUNS[words.lower[i]]
    if whose not in ("the", "this"):
        if words.lower[i] not in ("country", "nation", "government"):
            return None
        owner = scene.figures.get(scene.actor_of.get(start, ""))
        if owner is None or not owner.country or owner.country.lower() not in state_names():
            return None
        return start, i + 1, scene.state(owner.country.lower()).id
    if kinds == {ActorKind.STATE} and words.dep[i] not in SUBJECTS and after not in ("'s", "'"):
        return None
    country = nation.entry.country if nation is not None and nation.entry.sort == "people" else None
    key = _latest(scene, i, kinds, words.lower[i], named, country)
    return (start, i + 1, key) if key else None


def _latest(scene: Scene, i: int, kinds: set[ActorKind], noun: str, named: bool, country: str | None) -> str | None:
    words = scene.words
    here = words.sentence[i]
    second: str | None = None
    seen: set[str] = set()
    for m in reversed(scene.mentions):
        if here - m.sentence > (3 if ActorKind.STATE in kinds else 8):
            break
        figure = scene.figures[m.figure]
        if figure.kind not in kinds or figure.plural or m.figure in seen or country not in (None, figure.country):
            continue
        seen.add(m.figure)
        if noun in fold(figure.name).split() or noun in figure.words:
            return figure.id
        if second is None and (m.subject or not named):
            second = figure.id
    if not named or noun in ("agency",):
        return second
    return None


def may_describe(word: str) -> bool:
    """Tell whether a noun can be a definite description or a pair."""
    return word in _NOUNS or word in _PAIR_NOUNS


def gender_words() -> frozenset[str]:
    """Return the words that show a woman."""
    return lexicon().female
