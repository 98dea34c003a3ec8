"""Find the actors of a report and every place where it mentions them.

Names known to the lexicon come first, then those that the model labels; phrases grow around the nouns for offices,
bodies and groups; one walk through the text resolves all of them in order, with pronouns and descriptions.
"""

from __future__ import annotations

from bisect import insort

from communique.lexicon.officeholders import by_family_name, family_name, fold
from communique.model import ActorKind, Report
from communique.reading.annotations import Cast, Quotation
from communique.reading.coreference.descriptions import described_at, is_description, may_describe, pair_at
from communique.reading.coreference.pronouns import PRONOUNS, cataphor, resolve_pronoun
from communique.reading.entities.affiliations import organisation
from communique.reading.entities.gazetteer import GENERIC, Hit, body_words, find_hits
from communique.reading.entities.mentions import default_holds, mention_hit, resolve
from communique.reading.entities.ner import Name, find_names, introduced
from communique.reading.entities.noun_phrases import Phrase, lexicon
from communique.reading.entities.person_linking import find_person
from communique.reading.entities.registry import Figure, Scene, cast_of, make_scene
from communique.reading.entities.titles import find_phrases
from communique.reading.tokens import Words


def find_actors(words: Words, quotations: tuple[Quotation, ...], report: Report | None) -> Cast:
    """Return the cast: actors with all their mentions, names, titles, descriptions and pronouns joined."""
    if not words.n:
        return Cast()
    hits = find_hits(words)
    extra = introduced(words, hits)
    if extra is not None:
        hits = find_hits(words, extra)
    scene = make_scene(words, quotations, report, hits)
    _settle_defaults(scene, hits)
    names = find_names(words, scene.hit_at, lexicon().titles)
    _announce(scene, names)
    phrases = find_phrases(words, hits, scene.hit_at, names)
    _walk(scene, phrases, names)
    return cast_of(scene)


def _settle_defaults(scene: Scene, hits: list[Hit]) -> None:
    """Drop "Congress" and the like where the report does not speak of the state that has it."""
    words = scene.words
    for k, hit in enumerate(hits):
        if hit.entry.sort != "body-default":
            continue
        after = words.lower[hit.end] if hit.end < words.n else ""
        party = hit.entry.id == "usa/congress" and after in ("leader", "party", "mp", "president", "spokesman")
        if default_holds(scene, hit) and not party:
            continue
        word = " ".join(words.lower[hit.start : hit.end])
        generic = body_words().get(word)
        for i in range(hit.start, hit.end):
            del scene.hit_at[i]
        if generic is not None:
            hits[k] = Hit(hit.start, hit.end, generic)
            for i in range(hit.start, hit.end):
                scene.hit_at[i] = hits[k]


def _announce(scene: Scene, names: dict[int, Name]) -> None:
    """Note by family name whom the report names in full, so that a headline's "Hayashi" finds him."""
    words = scene.words
    for name in names.values():
        if name.personal and name.end - name.start > 1:
            surface = words.surface((name.start, name.end))
            scene.coming.setdefault(fold(words.text[name.end - 1]), surface)
    seen: set[str] = set()
    for hit in scene.hit_at.values():
        if hit.entry.sort == "person" and hit.entry.id not in seen and hit.end - hit.start > 1:
            seen.add(hit.entry.id)
            state = hit.entry.country.lower() if hit.entry.country else None
            scene.coming[family_name(hit.entry.name, state)] = words.surface((hit.start, hit.end))


def _walk(scene: Scene, phrases: list[Phrase], names: dict[int, Name]) -> None:
    words = scene.words
    grown: dict[int, list[Phrase]] = {}
    for p in phrases:
        grown.setdefault(p.start, []).append(p)
    lower = words.lower
    waiting: list[int] = []
    taken = scene.taken
    for i in range(words.n):
        if i in grown:
            for p in grown[i]:
                if _pair_first(scene, p):
                    continue
                if p.whose is not None and p.whose not in scene.actor_of:
                    _own(scene, p.whose, waiting)
                if p.possessor is not None:
                    _describe(scene, p.possessor)
                resolve(scene, p)
        if i in taken:
            continue
        hit = scene.hit_at.get(i)
        if hit is not None:
            if hit.start == i and hit.entry.sort not in GENERIC:
                taken.update(range(hit.start, hit.end))
                mention_hit(scene, hit)
            continue
        name = names.get(i)
        if name is not None:
            taken.update(range(name.start, name.end))
            if not any(p.sort == "office" and p.name for p in grown.get(name.end, ())):
                _mention_name(scene, name)
            continue
        word = lower[i]
        if word in PRONOUNS:
            if (
                scene.quote[i] >= 0
                and word not in ("who", "whose", "which", "whom")
                or i not in scene.actor_of
                and resolve_pronoun(scene, i) is None
            ):
                waiting.append(i)
        elif may_describe(word):
            _describe(scene, i)
        elif word == "office" and i and (lower[i - 1] in ("'s", "'") or lower[i - 1] in ("his", "her")):
            _office_of_person(scene, i)
        elif word in _HALVES and i and lower[i - 1] == "the" and words.text[i][0].isupper():
            _mention_half(scene, i)
        elif words.pos[i] == "PROPN":
            _mention_short(scene, i)
    scene.mentions.sort(key=lambda m: (m.start, m.end))
    for i in waiting:
        if i in scene.actor_of:
            continue
        key = resolve_pronoun(scene, i) if scene.quote[i] >= 0 else cataphor(scene, i)
        if key is not None:
            insort(scene.mentions, scene.mentions.pop(), key=lambda m: m.start)


def _own(scene: Scene, whose: int, waiting: list[int]) -> None:
    """Resolve the pronoun that owns a phrase before the phrase itself."""
    if scene.words.lower[whose] in PRONOUNS and resolve_pronoun(scene, whose) is None:
        waiting.append(whose)


def _pair_first(scene: Scene, p: Phrase) -> bool:
    """As in "The two leaders" joins two who are known, rather than being leaders of its own."""
    if p.sort not in ("plural", "government", "group") or p.owners or p.body is not None or p.org is not None:
        return False
    return _describe(scene, p.head)


def _describe(scene: Scene, i: int) -> bool:
    found = pair_at(scene, i)
    if found is None and is_description(scene.words.lower[i]):
        found = described_at(scene, i)
    if found is None:
        return False
    start, end, key = found
    if i in scene.heads:
        return True
    scene.mention(start, end, key)
    scene.taken.update(range(start, end))
    return True


_HALVES = {"north": "prk", "south": "kor"}


def _mention_half(scene: Scene, i: int) -> None:
    """As in "The North" and "the South" where the report speaks of both Koreas."""
    words = scene.words
    after = words.pos[i + 1] if i + 1 < words.n else ""
    if "prk" in scene.figures and "kor" in scene.figures and after not in ("PROPN", "NOUN", "ADP"):
        scene.mention(i - 1, i + 1, _HALVES[words.lower[i]])


def _office_of_person(scene: Scene, i: int) -> None:
    """As in "Netanyahu's office said": a body that speaks for whoever has it."""
    words = scene.words
    at = i - 2 if words.lower[i - 1] in ("'s", "'") else i - 1
    owner = scene.figures.get(scene.actor_of.get(at, ""))
    if owner is None or not owner.personal or owner.kind is ActorKind.UNNAMED:
        return
    figure = scene.figure(
        Figure(f"{owner.id}/office", f"{owner.name}'s office", ActorKind.BODY, owner.country, principal=owner.id)
    )
    scene.mention(i, i + 1, figure.id)


def _courtesy_start(scene: Scene, start: int) -> int:
    words = scene.words
    while start > 0 and words.lower[start - 1] in lexicon().courtesy and words.text[start - 1][0].isupper():
        start -= 1
    return start


def _mention_name(scene: Scene, name: Name) -> None:
    words = scene.words
    last = fold(words.text[name.end - 1])
    single = name.end - name.start == 1
    known = last in scene.called or last in by_family_name() and len(last) > 5
    if not name.personal and (last in scene.coming or single and known):
        name = Name(name.start, name.end, True)
    if not name.personal:
        figure = organisation(scene, name)
        start = name.start - 1 if name.start and words.lower[name.start - 1] == "the" else name.start
        scene.mention(start, name.end, figure.id)
        return
    surface = words.surface((name.start, name.end))
    figure = find_person(scene, surface)
    start = _courtesy_start(scene, name.start)
    if start < name.start and not figure.gender:
        figure.gender = (
            "f" if words.lower[start] in lexicon().female else "m" if words.lower[start] in lexicon().male else ""
        )
    scene.mention(start, name.end, figure.id)


def _mention_short(scene: Scene, i: int) -> None:
    """A single capitalised word: a name already introduced, or an office holder's well-known family name."""
    words = scene.words
    word = words.text[i]
    if not word[0].isupper() or len(word) < 2:
        return
    folded = fold(word)
    keys = scene.called.get(folded)
    if keys:
        if _part_of_longer(scene, i):
            return
        start = _courtesy_start(scene, i)
        scene.mention(start, i + 1, keys[-1])
        return
    known = folded in scene.coming or (
        len(folded) > 3
        and folded in by_family_name()
        and (words.entity[i] in ("PERSON", "ORG", "GPE", "NORP") or len(folded) > 5)
    )
    if known and not _part_of_longer(scene, i):
        figure = find_person(scene, word)
        scene.mention(_courtesy_start(scene, i), i + 1, figure.id)


def _part_of_longer(scene: Scene, i: int) -> bool:
    """Whether the word stands inside a longer name: "the Erdogan Centre", "the Kim Il Sung Square"."""
    words = scene.words
    nxt, prev = i + 1, i - 1
    if (
        nxt < words.n
        and words.pos[nxt] == "PROPN"
        and nxt not in scene.hit_at
        and words.text[nxt][0].isupper()
        and (words.sentence[nxt] == words.sentence[i] and words.head[i] == nxt)
    ):
        return True
    return (
        prev >= 0
        and words.pos[prev] == "PROPN"
        and words.head[prev] == i
        and prev not in scene.hit_at
        and (words.lower[prev] not in lexicon().courtesy and prev not in scene.taken)
    )


__all__ = ["find_actors"]
