"""Turn phrases and names into figures: which office of which state, and who holds it."""

from __future__ import annotations

from communique.model import ActorKind
from communique.reading.gazetteer import (
    Entry,
    Hit,
    Term,
    by_family_name,
    by_office,
    coded_states,
    family_name,
    fold,
    slug,
    state_names,
    terms_of,
)
from communique.reading.metonyms import stands_for_government
from communique.reading.names import Name
from communique.reading.scene import SUBJECTS, Figure, Scene
from communique.reading.titles import Phrase, lexicon

_STATE_SORTS = {"state", "people", "city", "seat", "territory"}
_CITY_HEADS = {"mayor", "governor", "police", "court", "correspondent", "resident", "residents", "chief", "bishop"}
_RANKS = {
    "acting",
    "interim",
    "former",
    "then",
    "current",
    "outgoing",
    "incoming",
    "new",
    "newly",
    "late",
    "late",
    "ex",
    "senior",
    "the",
    "a",
    "an",
    "top",
    "veteran",
    "longtime",
    "ousted",
    "exiled",
    "retired",
    "elect",
    "-",
    "caretaker",
    "embattled",
    "visiting",
}


def owner_of(scene: Scene, p: Phrase) -> tuple[str | None, str | None]:
    """Return the id of the state or organisation that a phrase belongs to, and the country code."""
    for hit in reversed(p.owners):
        if hit.entry.sort == "city" and (hit.end < p.end and scene.words.lower[p.head] in _CITY_HEADS):
            continue
        if hit.entry.sort == "person":
            country = hit.entry.country
            return (country.lower() if country else None), country
        return _owner_id(hit.entry), hit.entry.country
    if p.org is not None:
        figure = organisation(scene, p.org)
        return figure.id, figure.country
    if p.whose is not None:
        return _of_figure(scene, scene.actor_of.get(p.whose))
    if p.possessor is not None:
        return _of_figure(scene, scene.actor_of.get(p.possessor))
    return None, None


def _owner_id(entry: Entry) -> str:
    return entry.id


def _of_figure(scene: Scene, key: str | None) -> tuple[str | None, str | None]:
    figure = scene.figures.get(key) if key else None
    if figure is None:
        return None, None
    if figure.country and figure.kind in (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.BODY, ActorKind.UNNAMED):
        return figure.country.lower(), figure.country
    if figure.kind in (ActorKind.STATE, ActorKind.TERRITORY, ActorKind.ORGANISATION):
        return figure.id, figure.country
    return None, figure.country


def organisation(scene: Scene, name: Name) -> Figure:
    """Return the organisation that a name of the model's stands for."""
    words = scene.words
    surface = words.surface((name.start, name.end))
    known = scene.called.get(fold(surface))
    if known:
        return scene.figures[known[-1]]
    figure = scene.figure(Figure(f"org:{slug(surface)}", surface, ActorKind.ORGANISATION))
    scene.call([fold(surface)], figure.id)
    return figure


def mention_owners(scene: Scene, p: Phrase) -> None:
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
        scene.mention(hit.start, hit.end, scene.entry(hit.entry).id)
    if p.org is not None and p.org.start not in scene.taken and not p.org.personal:
        scene.taken.update(range(p.org.start, p.org.end))
        scene.mention(p.org.start, p.org.end, organisation(scene, p.org).id)


def resolve(scene: Scene, p: Phrase) -> str | None:
    """Return the id of the figure for a phrase, mentioned; None where it stands for no actor."""
    if p.start in scene.taken and p.head in scene.taken:
        return scene.heads.get(p.head)
    if p.body is not None:
        resolve(scene, p.body)
    figure = _figure(scene, p)
    mention_owners(scene, p)
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
        return _government(scene, p)
    if p.sort == "body":
        return _body(scene, p)
    if p.sort == "plural":
        return _plural(scene, p)
    if p.sort == "group":
        return _group(scene, p)
    return _single(scene, p)


def nearest_state(scene: Scene, at: int, reach: int = 2) -> str | None:
    """Return the state most in view before a token: the latest subject's, else the latest named, within sentences."""
    here = scene.words.sentence[at] if scene.words.n else 0
    fallback: str | None = None
    for m in reversed(scene.mentions):
        if here - m.sentence > reach:
            break
        if m.start >= at:
            continue
        figure = scene.figures[m.figure]
        state = figure.country.lower() if figure.country and figure.kind is not ActorKind.OUTLET else None
        if state is None and figure.kind is ActorKind.TERRITORY:
            state = figure.id
        if state is None or state not in state_names():
            continue
        if m.subject:
            return state
        fallback = fallback or state
    return fallback


def _government(scene: Scene, p: Phrase) -> Figure | None:
    words = scene.words
    owner, country = owner_of(scene, p)
    head = words.lower[p.head]
    if owner in state_names() and owner is not None:
        if words.lower[p.end] == "-" if p.end < words.n else False:
            return None
        return scene.state(owner)
    if owner is not None and owner.startswith("org:"):
        return scene.figures.get(owner) or next((scene.entry(h.entry) for h in p.owners), None)
    if country and country.lower() in coded_states():
        return scene.state(country.lower())
    if head in lexicon().strict or p.determiner not in ("the", "its", "this") or p.whose is not None:
        return None
    if p.start < p.title[0] and p.owners:
        return None
    if p.end < words.n and words.lower[p.end] == "of":
        return None
    state = nearest_state(scene, p.start)
    return scene.state(state) if state else None


def _body(scene: Scene, p: Phrase) -> Figure | None:
    words = scene.words
    hit = scene.hit_at.get(p.head)
    body = hit.entry.id if hit is not None else slug(words.surface(p.title))
    if (
        body in ("ministry", "department")
        or words.lower[p.head] == "ministry"
        and p.title[1] - p.title[0] > 1
        and (hit is not None and hit.entry.id == "ministry")
    ):
        portfolio = [words.lower[k] for k in range(*p.title) if words.pos[k] != "DET"]
        if portfolio in (["ministry"], ["department"]):
            found = _described(scene, p.head, {"ministry", "department"}, ActorKind.BODY)
            return scene.figures[found] if found and p.determiner in ("the", "its", "") else None
        if words.lower[p.head] == "department" and not words.text[p.head][0].isupper():
            return None
        body = slug(" ".join(portfolio))
    owner, country = owner_of(scene, p)
    if hit is not None and body == "state-media":
        return _state_media(scene, p, owner, country)
    if owner is None:
        owner = _owner_of_body(scene, p, body)
        country = owner.upper() if owner in coded_states() and owner else None
    name = words.surface((p.title[0], p.end))
    start = p.start
    while start < p.title[0] and (words.lower[start] in ("the", "a", "an", "its", "his", "her", "their")):
        start += 1
    name = words.surface((start, p.end))
    key = f"{owner}/{body}" if owner else f"body:{body}"
    if p.determiner in ("a", "an") and owner is None:
        return None
    return scene.figure(Figure(key, name, ActorKind.BODY, country, principal=owner))


def _state_media(scene: Scene, p: Phrase, owner: str | None, country: str | None) -> Figure | None:
    state = owner or nearest_state(scene, p.start)
    name = scene.words.surface((p.start, p.end)).removeprefix("the ").removeprefix("The ")
    key = f"outlet:{state}-state-media" if state else "outlet:state-media"
    code = country or (state.upper() if state in coded_states() and state else None)
    return scene.figure(Figure(key, name, ActorKind.OUTLET, code, principal=state))


def _owner_of_body(scene: Scene, p: Phrase, body: str) -> str | None:
    for m in reversed(scene.mentions):
        if m.figure.endswith(f"/{body}"):
            return m.figure.split("/")[0]
    return nearest_state(scene, p.start)


def _described(scene: Scene, at: int, nouns: set[str], kind: ActorKind | None = None, reach: int = 12) -> str | None:
    """Return the latest figure that the report describes, or whose name ends, with one of these nouns."""
    here = scene.words.sentence[at]
    for m in reversed(scene.mentions):
        if here - m.sentence > reach:
            return None
        figure = scene.figures[m.figure]
        if (kind is None or figure.kind is kind) and (
            figure.words & nouns or any(fold(figure.name).endswith(noun) or noun in figure.id for noun in nouns)
        ):
            return figure.id
    return None


def _plural(scene: Scene, p: Phrase) -> Figure | None:
    words = scene.words
    noun = words.lower[p.head]
    states = [h for h in p.owners if h.entry.sort in _STATE_SORTS or h.entry.kind is ActorKind.ORGANISATION]
    surface = words.surface((p.start, p.head + 1))
    if (
        p.determiner in ("the", "both", "these", "those", "two", "no", "any", "every", "each")
        and not p.owners
        and (p.org is None and p.body is None)
    ):
        if p.determiner in ("no", "any", "every", "each"):
            return None
        found = _described(scene, p.head, {words.lemma[p.head].lower()})
        if found and scene.figures[found].plural:
            return scene.figures[found]
        if noun in lexicon().weak or p.determiner in ("both", "two"):
            return None
        owner, country = owner_of(scene, p)
        if p.determiner == "the" and not _speaks(scene, p.head):
            return None
        return scene.figure(
            Figure(f"unnamed:{slug(surface.removeprefix('the '))}", surface, ActorKind.UNNAMED, country, plural=True)
        )
    if len(states) > 1 and len({h.entry.id for h in states}) > 1:
        ids = tuple(dict.fromkeys(h.entry.id for h in sorted(states, key=lambda h: h.start)))
        key = f"group:{'+'.join(ids)}/{slug(noun)}"
        members = tuple(
            scene.entry(h.entry).id for h in sorted(states, key=lambda h: h.start) if h.entry.sort != "people"
        )
        return scene.figure(Figure(key, surface, ActorKind.GROUP, None, members=members, plural=True))
    owner, country = owner_of(scene, p)
    if owner is None and p.body is not None:
        body = scene.heads.get(p.body.head) or scene.actor_of.get(p.body.head)
        if body in scene.figures:
            figure = scene.figures[body]
            return scene.figure(
                Figure(f"{body}/{slug(noun)}", surface, ActorKind.GROUP, figure.country, principal=body, plural=True)
            )
    if owner is not None or country:
        base = owner or (country.lower() if country else "")
        if noun in lexicon().weak and not _speaks(scene, p.head):
            return None
        return scene.figure(
            Figure(f"{base}/{slug(noun)}", _bare(surface), ActorKind.GROUP, country, principal=owner, plural=True)
        )
    if noun in lexicon().weak or not _speaks(scene, p.head):
        return None
    return scene.figure(Figure(f"unnamed:{slug(_bare(surface))}", _bare(surface), ActorKind.UNNAMED, None, plural=True))


def _bare(surface: str) -> str:
    first, _, rest = surface.partition(" ")
    return rest if first.lower() in ("the", "a", "an", "some", "several", "many", "its", "their") and rest else surface


def _speaks(scene: Scene, head: int) -> bool:
    """Whether a noun stands where somebody speaks or acts, or is spoken to."""
    words = scene.words
    dep, above = words.dep[head], words.head[head]
    for _ in range(4):
        if dep != "conj":
            break
        dep, above = words.dep[above], words.head[above]
    if dep in SUBJECTS:
        return words.pos[above] in ("VERB", "AUX")
    if dep == "pobj":
        return (
            words.dep[above] == "agent"
            or words.lower[above] in ("to", "by", "from", "with")
            or (words.lower[above - 1 if above else 0] == "according")
        )
    return dep in ("dobj", "dative") and words.lemma[above] in (
        "tell",
        "ask",
        "urge",
        "warn",
        "inform",
        "quote",
        "cite",
    )


def _group(scene: Scene, p: Phrase) -> Figure | None:
    words = scene.words
    noun = words.lower[p.head]
    owner, country = owner_of(scene, p)
    if noun in lexicon().needy_groups and owner is None and p.org is None:
        found = _described(scene, p.head, {words.lemma[p.head].lower(), noun}) if p.determiner == "the" else None
        return scene.figures[found] if found else None
    surface = _bare(words.surface((p.start, p.head + 1)))
    if p.determiner == "the" and p.end - p.start == 2:
        found = _described(scene, p.head, {words.lemma[p.head].lower(), noun})
        if found:
            return scene.figures[found]
    if noun in ("rebel", "opposition", "coalition", "union", "guerrilla") and words.dep[p.head] in ("compound", "amod"):
        return None
    if owner is None and not _speaks(scene, p.head):
        return None
    key = f"group:{slug(surface)}"
    return scene.figure(
        Figure(key, surface, ActorKind.GROUP, country, principal=None, plural=noun not in ("opposition",))
    )


def title_of(scene: Scene, p: Phrase) -> str:
    """Return the title in the report's own words."""
    words = scene.words
    start, end = p.title
    if p.body is not None and p.body.end <= end:
        inner = p.body.title[0] if p.body.owners or p.body.org or p.body.determiner else p.body.start
        start = min(start, inner)
    while start < end and words.lower[start] in ("the", "a", "an", "'s", "'", "-", "his", "her", "its", "their"):
        start += 1
    return words.surface((start, end))


def office_of(scene: Scene, p: Phrase) -> str:
    """Return the id of the office that a title names."""
    words = scene.words
    parts = [words.lower[k] for k in range(*p.title) if words.lower[k] not in _RANKS]
    if p.body is not None and words.lower[p.head] in ("spokesman", "spokeswoman", "spokesperson"):
        return "spokesperson"
    text = " ".join(parts).replace(" - ", "-")
    known = lexicon().offices
    if text in known and (text not in ("chief", "head") or p.owners):
        return known[text]
    if parts and parts[-1] in ("spokesman", "spokeswoman"):
        parts[-1] = "spokesperson"
    return slug(" ".join(parts)) if parts else slug(words.lower[p.head])


def _gender(p: Phrase, scene: Scene) -> str:
    word = scene.words.lower[p.head]
    lex = lexicon()
    first = scene.words.lower[p.name[0]] if p.name else ""
    if word in lex.female or first in lex.female:
        return "f"
    return "m" if word in lex.male or first in lex.male else ""


def _single(scene: Scene, p: Phrase) -> Figure | None:
    owner, country = owner_of(scene, p)
    body = None
    if p.body is not None:
        body = scene.actor_of.get(p.body.head)
        owner2, country2 = _of_figure(scene, body)
        owner, country = owner or owner2, country or country2
    office = office_of(scene, p)
    spokes = scene.words.lower[p.head] in ("spokesman", "spokeswoman", "spokesperson")
    principal = body if spokes and body else owner
    figure = _apposed(scene, p)
    if p.name is not None:
        name = _name_text(scene, p.name)
        figure = find_person(scene, name, country)
    if figure is not None:
        return _assume(scene, p, figure, owner, country, office, principal)
    if scene.words.lower[p.head] == "counterpart":
        return _counterpart(scene, p, owner, country)
    if p.determiner in ("a", "an", "one", "another", "some", "any", "no", "every", "each"):
        return _nameless(scene, p, owner, country, principal)
    if p.sort == "person":
        return _described_person(scene, p, owner, country, principal)
    return _office(scene, p, owner, country, office, principal)


def _apposed(scene: Scene, p: Phrase) -> Figure | None:
    """The person named right before a title that commas set off: "Wang Wenbin, a Foreign Ministry spokesman,"."""
    words = scene.words
    if p.name is not None and not p.beside or p.start < 2 or words.lower[p.start - 1] not in (",", "-", "–", "—", "("):
        if not (p.start > 1 and words.lower[p.start - 1] in ("as", "is", "was", "who") and words.dep[p.head] == "attr"):
            return None
    if words.lower[p.start - 1] in ("is", "was"):
        subject = words.child(words.head[p.head], "nsubj")
        key = scene.heads.get(subject) if subject is not None else None
    else:
        key = scene.actor_of.get(p.start - 2)
        if key and words.lower[p.start - 2] == "who":
            key = scene.actor_of.get(p.start - 4)
    if key is None or scene.figures[key].kind is not ActorKind.PERSON:
        return None
    if p.name is not None:
        return None
    after = words.text[p.end] if p.end < words.n else "."
    closed = (
        after in (",", ".", ")", ";", ":", "-", "–", "—", '"')
        or words.dep[p.head] == "appos"
        or (words.pos[p.end] in ("VERB", "AUX", "ADP", "PRON", "SPACE") if p.end < words.n else True)
    )
    if after == "," and p.end + 1 < words.n and words.lower[p.end + 1] == "and" and words.dep[p.head] == "conj":
        return None
    return scene.figures[key] if closed else None


def _name_text(scene: Scene, piece: tuple[int, int]) -> str:
    words = scene.words
    start = piece[0]
    while start < piece[1] - 1 and words.lower[start] in lexicon().courtesy:
        start += 1
    return words.surface((start, piece[1]))


def find_person(scene: Scene, name: str, country: str | None = None) -> Figure:
    """Return the figure of a person's name, full or short, by the report first and the lexicon second."""
    parts = name.split()
    folded = fold(name)
    if len(parts) == 1 or folded in scene.called:
        for key in reversed(scene.called.get(folded, ())):
            figure = scene.figures[key]
            if country is None or figure.country in (None, country):
                return figure
    known = scene.figures.get(f"person:{slug(name)}")
    if known is not None:
        return known
    hit = _lexicon_person(scene, name, country)
    if hit is not None:
        return _from_terms(scene, hit)
    last = scene.called.get(fold(parts[-1]))
    if len(parts) > 1 and last:
        bearer = scene.figures[last[-1]]
        theirs = {fold(x) for x in bearer.name.replace("-", " ").split()}
        if bearer.kind is ActorKind.PERSON and (
            {fold(x) for x in parts} <= theirs or theirs <= {fold(x) for x in parts}
        ):
            return bearer
    return scene.person(name, country)


def _lexicon_person(scene: Scene, name: str, country: str | None) -> tuple[Term, ...] | None:
    parts = name.split()
    terms = terms_of(f"person:{slug(name)}")
    if terms:
        return (
            terms
            if country is None or any(t.owner == country.lower() or t.owner.startswith("org:") for t in terms)
            else None
        )
    if len(parts) > 1:
        return None
    rows = [t for t in by_family_name().get(fold(name), ()) if t.holds(scene.month, slack=1)]
    if country:
        rows = [t for t in rows if t.owner == country.lower()]
    people = {t.person for t in rows}
    if len(people) > 1:
        rows = [t for t in rows if t.office in lexicon().leaders]
        people = {t.person for t in rows}
    return tuple(rows) if len(people) == 1 else None


def _from_terms(scene: Scene, terms: tuple[Term, ...]) -> Figure:
    """Return the figure of a person of the lexicon, with the office held when the report was published."""
    every = terms_of(terms[0].person)
    holding = [t for t in every if t.holds(scene.month)] or (
        [t for t in every if t.holds(scene.month, 2)] or list(every)
    )
    term = holding[-1]
    country = None if term.owner.startswith("org:") else term.owner.upper()
    figure = scene.person(term.name, country, term.person)
    figure.gender = figure.gender or term.gender
    if figure.office is None:
        figure.office, figure.owner = term.office, term.owner
        figure.principal = figure.principal or term.owner
        if scene.month is None or term.holds(scene.month):
            scene.offices.setdefault((term.owner, term.office), figure.id)
    return figure


def known_person(scene: Scene, entry: Entry) -> Figure:
    """Return the figure of an office holder whom a full name of the lexicon names."""
    known = scene.figures.get(entry.id)
    return known if known is not None else _from_terms(scene, terms_of(entry.id))


def _assume(
    scene: Scene, p: Phrase, figure: Figure, owner: str | None, country: str | None, office: str, principal: str | None
) -> Figure:
    """Note what a title says of a person: the report's own words come before the lexicon."""
    figure.gender = figure.gender or _gender(p, scene)
    if country and (figure.country is None or figure.role is None):
        figure.country = country
    if p.sort == "office" or p.sort == "person":
        title = title_of(scene, p)
        if (
            title
            and (figure.role is None or len(title) > len(figure.role))
            and scene.words.lower[p.head]
            not in (
                "leader",
                "man",
                "woman",
                "counterpart",
            )
        ):
            figure.role = title
    if p.sort == "office" and not p.former:
        figure.office = office
        figure.owner = owner or figure.owner
        scene.offices[(figure.owner, office)] = figure.id
        scene.offices[(None, office)] = figure.id
    if principal is not None and not p.former and figure.principal is None or principal and "/" in principal:
        figure.principal = principal
    elif country and not p.former and figure.principal is None and p.sort == "office":
        figure.principal = country.lower()
    return figure


def _nameless(scene: Scene, p: Phrase, owner: str | None, country: str | None, principal: str | None) -> Figure | None:
    words = scene.words
    if p.determiner in ("no", "any", "every", "each") or words.dep[p.head] in ("attr", "appos", "oprd"):
        return None
    if words.lower[p.start - 1 if p.start else 0] in ("as",) and words.dep[p.head] == "pobj":
        return None
    if not _speaks(scene, p.head) and not (words.lower[p.head] in ("official", "diplomat", "source")):
        return None
    surface = words.surface((p.start, p.end))
    key = f"unnamed:{slug(_bare(surface))}-{p.start}"
    spokes = words.lower[p.head] in ("spokesman", "spokeswoman", "spokesperson")
    if spokes:
        key = f"{principal or 'office:'}/spokesperson" if principal else f"unnamed:spokesperson-{p.start}"
    kind = ActorKind.OFFICE if spokes and principal else ActorKind.UNNAMED
    figure = Figure(key, _bare(surface), kind, country, title_of(scene, p), principal, gender=_gender(p, scene))
    figure.office, figure.owner = ("spokesperson" if spokes else None), owner
    return scene.figure(figure)


def _described_person(
    scene: Scene, p: Phrase, owner: str | None, country: str | None, principal: str | None
) -> Figure | None:
    """ "The official", "the diplomat": one already described so; a bare or possessed one is nameless."""
    words = scene.words
    if p.determiner in ("the", "this", "that"):
        here = words.sentence[p.head]
        for m in reversed(scene.mentions):
            if here - m.sentence > 8:
                break
            figure = scene.figures[m.figure]
            if figure.personal and words.lower[p.head] in figure.words:
                return figure
        if p.end - p.start == 2:
            return None
    if words.lower[p.head] in lexicon().weak and owner is None:
        return None
    return _nameless(scene, p, owner, country, principal)


def _counterpart(scene: Scene, p: Phrase, owner: str | None, country: str | None) -> Figure | None:
    """ "His Japanese counterpart": the same office in another state."""
    whose = scene.actor_of.get(p.whose) if p.whose is not None else None
    if whose is None and p.possessor is not None:
        whose = scene.actor_of.get(p.possessor)
    if whose is None:
        whose = next((m.figure for m in reversed(scene.mentions) if scene.figures[m.figure].office), None)
    model = scene.figures.get(whose) if whose else None
    if p.whose is not None and not any(h.entry.sort in _STATE_SORTS for h in p.owners):
        owner = country = None
    if model is None or model.office is None or owner is None:
        return None
    return _holder(scene, owner, country, model.office, scene.words.surface((p.start, p.end)))


def _holder(scene: Scene, owner: str, country: str | None, office: str, surface: str) -> Figure:
    """Return who holds an office: by the report, by the lexicon at the report's date, else the office itself."""
    known = scene.offices.get((owner, office))
    if known:
        return scene.figures[known]
    month = scene.month
    if month is not None:
        rows = [t for t in by_office().get((owner, office), ()) if t.holds(month)]
        if len({t.person for t in rows}) == 1:
            return _from_terms(scene, (rows[0],))
    figure = Figure(f"{owner}/{office}", _bare(surface), ActorKind.OFFICE, country, principal=owner)
    figure.office, figure.owner = office, owner
    return scene.figure(figure)


def _leader(scene: Scene, p: Phrase, owner: str | None) -> Figure | None:
    """ "The Russian leader", "the leader": the latest in view of those who lead."""
    leaders = lexicon().leaders
    here = scene.words.sentence[p.head]
    for m in reversed(scene.mentions):
        if here - m.sentence > 10:
            break
        figure = scene.figures[m.figure]
        if figure.personal and figure.office in leaders and (owner is None or figure.owner == owner):
            return figure
        if owner is None and figure.personal and "leader" in figure.words:
            return figure
    if owner is None:
        return None
    for office in leaders:
        key = scene.offices.get((owner, office))
        if key:
            return scene.figures[key]
        if scene.month and (owner, office) in by_office():
            return _holder(scene, owner, owner.upper(), office, scene.words.surface((p.start, p.end)))
    return None


def _office(
    scene: Scene, p: Phrase, owner: str | None, country: str | None, office: str, principal: str | None
) -> Figure | None:
    """An office without a name: its holder where known, else the office."""
    words = scene.words
    surface = words.surface((p.start, p.end))
    head = words.lower[p.head]
    spokes = head in ("spokesman", "spokeswoman", "spokesperson")
    if p.former:
        return None
    if head == "leader" and p.title[1] - p.title[0] == 1:
        found = _leader(scene, p, owner)
        if found is not None or owner is None:
            return found
    if spokes:
        return _spokes(scene, p, country, principal, surface)
    if owner is None:
        key = scene.offices.get((None, office)) or _described_office(scene, p, head)
        if key:
            return scene.figures[key]
        bare = p.determiner == "" and not words.text[p.head][0].isupper()
        if bare or office not in lexicon().sole or words.dep[p.head] in ("attr", "appos"):
            return (
                None
                if not (p.determiner == "the" and _speaks(scene, p.head) and office not in lexicon().weak)
                else (scene.figure(_plain_office(p, office, surface, scene)))
            )
        state = nearest_state(scene, p.start)
        if state is None:
            return scene.figure(_plain_office(p, office, surface, scene)) if _speaks(scene, p.head) else None
        owner, country = state, state.upper() if state in coded_states() else None
    if words.dep[p.head] in ("attr", "oprd") and p.determiner != "the":
        return None
    if office in lexicon().weak and not _speaks(scene, p.head):
        return None
    known = scene.offices.get((owner, office))
    if known is None and p.determiner in ("the", "its") and office not in lexicon().sole:
        key = _described_office(scene, p, head, owner)
        if key:
            return scene.figures[key]
    return _holder(scene, owner, country, office, surface)


def _plain_office(p: Phrase, office: str, surface: str, scene: Scene) -> Figure:
    figure = Figure(f"office:{office}", _bare(surface), ActorKind.OFFICE, role=title_of(scene, p))
    figure.office = office
    return figure


def _described_office(scene: Scene, p: Phrase, head: str, owner: str | None = None) -> str | None:
    """The latest person whom the report describes with this noun: "the minister", "the ambassador"."""
    here = scene.words.sentence[p.head]
    full = " ".join(scene.words.lower[k] for k in range(*p.title))
    for m in reversed(scene.mentions):
        if here - m.sentence > 12:
            return None
        figure = scene.figures[m.figure]
        if not figure.personal or (owner is not None and figure.owner not in (None, owner)):
            continue
        if head in figure.words and (" " not in full or full in (figure.role or "").lower()):
            return figure.id
        if figure.office and (figure.office.endswith(head) or head == "premier" and figure.office == "prime-minister"):
            if " " not in full:
                return figure.id
    return None


def _spokes(scene: Scene, p: Phrase, country: str | None, principal: str | None, surface: str) -> Figure | None:
    words = scene.words
    if principal is None:
        for m in reversed(scene.mentions):
            figure = scene.figures[m.figure]
            if figure.personal and (
                figure.words & {"spokesman", "spokeswoman", "spokesperson"} or "spokes" in (figure.office or "")
            ):
                return figure
            if words.sentence[p.head] - m.sentence > 10:
                break
        return None
    for m in reversed(scene.mentions):
        figure = scene.figures[m.figure]
        if (
            figure.personal
            and figure.principal == principal
            and figure.words & {"spokesman", "spokeswoman", "spokesperson"}
        ):
            return figure
    key = f"{principal}/spokesperson"
    figure = Figure(
        key, _bare(surface), ActorKind.OFFICE, country, title_of(scene, p), principal, gender=_gender(p, scene)
    )
    figure.office, figure.owner = "spokesperson", principal
    return scene.figure(figure)


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
            return None
        if nxt < words.n and words.lower[nxt] == "-":
            return None
        if hit.start and words.lower[hit.start - 1] == "-":
            return None
    elif sort == "outlet" and hit.entry.doubtful and not _reports(scene, hit):
        return None
    elif sort == "person":
        figure = known_person(scene, hit.entry)
        scene.call([family_name(figure.name, figure.country.lower() if figure.country else None)], figure.id)
        scene.mention(hit.start, hit.end, figure.id)
        return figure.id
    elif sort in ("body-word", "government-word"):
        return None
    start = hit.start - 1 if hit.start and words.lower[hit.start - 1] == "the" else hit.start
    figure = scene.entry(hit.entry)
    scene.mention(start, hit.end, figure.id)
    return figure.id


def _people(scene: Scene, hit: Hit) -> str | None:
    """ "The Russians" are their state; other demonyms alone are no actor."""
    words = scene.words
    last = hit.end - 1
    if not hit.start or words.lower[hit.start - 1] != "the":
        return None
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


def _reports(scene: Scene, hit: Hit) -> bool:
    """Whether a doubtful name stands where an outlet does: it reports, is cited, or the model calls it one."""
    words = scene.words
    i = hit.end - 1
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
