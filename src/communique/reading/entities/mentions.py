"""Turn phrases and names into figures and note their mentions."""

from __future__ import annotations

from functools import cache

from communique.lexicon import load
from communique.lexicon.officeholders import family_name
from communique.model import ActorKind
from communique.reading.entities.affiliations import organisation
from communique.reading.entities.gazetteer import Hit
from communique.reading.entities.institutions import body_of, government_of, group_of, plural_of
from communique.reading.entities.metonymy import stands_for_government
from communique.reading.entities.noun_phrases import Phrase
from communique.reading.entities.office_holders import single_of
from communique.reading.entities.person_linking import known_person
from communique.reading.entities.registry import SUBJECTS, Figure, Scene


def mention_owners(scene: Scene, p: Phrase, figure: Figure | None) -> None:
    """Mention the states and organisations inside a phrase ("Japan's foreign minister"); adjectives are none."""
    for hit in sorted(p.owners, key=lambda h: h.start):
        if hit.start in scene.taken or hit.entry.sort in ("people", "person"):
            scene.taken.update(range(hit.start, hit.end))
            continue
        scene.taken.update(range(hit.start, hit.end))
        if hit.entry.sort == "city" and not stands_for_government(scene.words, hit.start, hit.end):
            continue
        if p.place and hit.entry.sort == "city":
            continue
        if figure is None or figure.id != hit.entry.id:
            scene.mention(hit.start, hit.end, scene.entry(hit.entry).id)
    if p.org is not None and p.org.start not in scene.taken and not p.org.personal:
        scene.taken.update(range(p.org.start, p.org.end))
        scene.mention(p.org.start, p.org.end, organisation(scene, p.org).id)


def resolve(scene: Scene, p: Phrase) -> str | None:
    """Return the id of the figure for a phrase, mentioned; None where it stands for no actor."""
    if p.start in scene.taken and p.head in scene.taken:
        return scene.heads.get(p.head)
    if p.body is not None:
        if p.body.start < p.head and scene.words.lower[p.body.start] in ("the", "a", "an"):
            p.body.start += 1
        resolve(scene, p.body)
    figure = _figure(scene, p)
    mention_owners(scene, p, figure)
    scene.taken.update(range(p.start, p.end))
    if figure is None:
        return None
    if p.body is not None and figure.id == scene.actor_of.get(p.body.head):
        return figure.id
    figure.words.add(scene.words.lemma[p.head].lower())
    if p.beside and p.name is not None:
        scene.mention(p.start, p.end, figure.id)
        scene.taken.update(range(*p.name))
        scene.mention(p.name[0], p.name[1], figure.id)
    else:
        scene.mention(p.start, p.end, figure.id)
    return figure.id


def _figure(scene: Scene, p: Phrase) -> Figure | None:
    if p.sort == "government":
        return government_of(scene, p)
    if p.sort == "body":
        return body_of(scene, p)
    if p.sort == "plural":
        return plural_of(scene, p)
    if p.sort == "group":
        return group_of(scene, p)
    return single_of(scene, p)


def mention_hit(scene: Scene, hit: Hit) -> str | None:
    """Mention what a name of the lexicon stands for where it stands for an actor."""
    words = scene.words
    sort = hit.entry.sort
    if sort in ("city", "territory"):
        if not stands_for_government(words, hit.start, hit.end):
            return None
    elif sort == "seat":
        before = words.lower[hit.start - 1] if hit.start else ""
        before = words.lower[hit.start - 2] if before == "the" and hit.start > 1 else before
        if before in ("in", "at", "outside", "near", "inside", "into", "around"):
            return None
    elif sort == "people":
        return _people(scene, hit)
    elif sort == "state":
        nxt = hit.end
        if (
            nxt < words.n
            and words.pos[nxt] == "NOUN"
            and words.dep[hit.end - 1] in ("compound", "nmod", "amod")
            and (words.head[hit.end - 1] >= nxt and words.sentence[nxt] == words.sentence[hit.start])
        ):
            return _act_of(scene, hit) if words.text[hit.start].isupper() else None
        if nxt < words.n and words.lower[nxt] in ("-", "–") and words.start[nxt] == words.end[nxt - 1]:
            return None
        if hit.start and words.lower[hit.start - 1] == "-" and words.start[hit.start] == words.end[hit.start - 1]:
            return None
    elif sort == "outlet" and hit.entry.doubtful and not _reports(scene, hit):
        return None
    elif sort == "person":
        figure = known_person(scene, hit.entry, words.surface((hit.start, hit.end)))
        scene.call([family_name(figure.name, figure.country.lower() if figure.country else None)], figure.id)
        scene.mention(hit.start, hit.end, figure.id)
        return figure.id
    elif sort in ("body-word", "government-word") or sort == "body-default" and not default_holds(scene, hit):
        return None
    start = hit.start - 1 if hit.start and words.lower[hit.start - 1] == "the" else hit.start
    figure = scene.entry(hit.entry)
    scene.mention(start, hit.end, figure.id)
    return figure.id


def default_holds(scene: Scene, hit: Hit) -> bool:
    """Whether "Congress" or "the Senate" is that of the state it is best known for: the report must speak of it."""
    state = hit.entry.id.split("/")[0]
    if any(scene.words.lower[k] in ("u.s.", "us", "american", "uk", "british") for k in range(hit.start, hit.end)):
        return True
    return any(other.entry.id.split("/")[0] == state and other is not hit for other in scene.hit_at.values())


def _people(scene: Scene, hit: Hit) -> str | None:
    """As in "The Russians" are their state; other demonyms alone are no actor."""
    words = scene.words
    last = hit.end - 1
    if words.dep[last] in ("amod", "compound", "nmod") and words.head[last] > last:
        return _act_of(scene, hit)
    if not hit.start or words.lower[hit.start - 1] != "the":
        return _nationals(scene, hit)
    if words.pos[last] not in ("PROPN", "NOUN", "ADJ") or words.dep[last] in ("compound", "amod", "nmod"):
        return None
    if (
        hit.end < words.n
        and words.pos[hit.end] in ("NOUN", "PROPN", "ADJ", "PUNCT")
        and words.lower[hit.end]
        not in (
            ",",
            ".",
            '"',
            "'",
            ")",
            ";",
        )
    ):
        return None
    if words.tag[last] not in ("NNS", "NNPS") and words.lower[last].endswith("n"):
        return None
    figure = scene.entry(hit.entry)
    scene.mention(hit.start - 1, hit.end, figure.id)
    return figure.id


def _nationals(scene: Scene, hit: Hit) -> str | None:
    """As in "Greek Cypriots say": a people who speak; adjectives count before a noun of act or utterance."""
    words = scene.words
    last = hit.end - 1
    above = words.head[last]
    if words.tag[last] in ("NNS", "NNPS") and words.dep[last] in SUBJECTS and words.pos[above] == "VERB":
        surface = words.surface((hit.start, hit.end))
        figure = scene.figure(
            Figure(f"{hit.entry.id}/people", surface, ActorKind.GROUP, hit.entry.country, plural=True)
        )
        scene.mention(hit.start, hit.end, figure.id)
        return figure.id
    return _act_of(scene, hit)


def _act_of(scene: Scene, hit: Hit) -> str | None:
    """As in "Egyptian complaints", "the U.S. proposal": the nation is whose act or words they are."""
    words = scene.words
    last = hit.end - 1
    noun = words.head[last]
    if words.dep[last] not in ("amod", "compound", "nmod", "poss") or not last < noun < last + 4:
        return None
    if words.lemma[noun] not in _national_acts() or noun in scene.hit_at:
        return None
    figure = scene.entry(hit.entry)
    scene.mention(hit.start, hit.end, figure.id)
    return figure.id


@cache
def _national_acts() -> frozenset[str]:
    return frozenset(load("offices")["acts"]["nouns"])


def _reports(scene: Scene, hit: Hit) -> bool:
    """Whether a doubtful name stands where an outlet does: it reports, is cited, or the model calls it one."""
    words = scene.words
    i = hit.end - 1
    if hit.end < words.n and words.text[hit.end].startswith("@"):
        return False
    if words.entity[i] == "ORG":
        return True
    dep, above = words.dep[i], words.head[i]
    if dep in SUBJECTS:
        return words.pos[above] == "VERB" and words.lemma[above] in (
            "say",
            "report",
            "quote",
            "cite",
            "write",
            "add",
            "note",
            "publish",
            "carry",
            "reveal",
            "claim",
            "announce",
        )
    if dep in ("dobj", "dative") and words.lemma[above] in ("tell", "cite", "quote"):
        return True
    return dep == "pobj" and (words.dep[above] == "agent" or words.lower[above - 1 if above else 0] == "according")
