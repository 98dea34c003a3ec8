"""Single people: who bears a title, and whom a title without a name means."""

from __future__ import annotations

from communique.lexicon.officeholders import by_office, fold, person_called, slug, terms_of
from communique.model import ActorKind
from communique.reading.entities.affiliations import (
    bare,
    gender_of,
    nearest_state,
    office_of,
    owner_figure,
    owner_of,
    speaks,
    title_of,
)
from communique.reading.entities.gazetteer import coded_states
from communique.reading.entities.noun_phrases import Phrase, lexicon
from communique.reading.entities.person_linking import find_person, from_terms, name_text
from communique.reading.entities.registry import SUBJECTS, Figure, Scene

_GOVERNING = {"government", "govt", "cabinet", "presidential"}
_NO_PORTFOLIOS = {"", "deputy", "junior", "vice", "state", "cabinet", "senior", "government", "other"}
_STATE_SORTS = {"state", "people", "city", "seat", "territory"}


def single_of(scene: Scene, p: Phrase) -> Figure | None:
    """Return the person who bears a title, the office, or the nameless one whom a phrase describes."""
    owner, country = owner_of(scene, p)
    body = None
    if p.body is not None:
        body = scene.actor_of.get(p.body.head)
        owner2, country2 = owner_figure(scene, body)
        owner, country = owner or owner2, country or country2
    office = _office_id(scene, p, owner)
    spokes = scene.words.lower[p.head] in ("spokesman", "spokeswoman", "spokesperson")
    principal = body if spokes and body else owner
    if spokes and not body:
        principal = _spoken_for(scene, p) or principal
    figure = _apposed(scene, p)
    if p.name is not None:
        name = name_text(scene, p.name)
        if body and not p.owners and body not in scene.sure and person_called(fold(name)):
            owner = country = None
        figure = find_person(scene, name, country)
        if scene.words.lower[p.head] in ("counterpart", "number"):
            model = _model(scene, p)
            office = model.office if model is not None and model.office else office
    if figure is not None:
        return _assume(scene, p, figure, owner, country, office, principal)
    if scene.words.lower[p.head] in ("counterpart", "number"):
        return _counterpart(scene, p, owner, country)
    if p.determiner in ("a", "an", "one", "another", "some", "any", "no", "every", "each"):
        return _nameless(scene, p, owner, country, principal)
    if p.sort == "person":
        return _described_person(scene, p, owner, country, principal)
    return _office(scene, p, owner, country, office, principal)


def _office_id(scene: Scene, p: Phrase, owner: str | None) -> str:
    """The office that a title names; "the IAEA chief" is whatever office heads it."""
    word = scene.words.lower[p.head]
    if word in ("chief", "head", "boss") and p.title[1] - p.title[0] == 1 and owner and owner.startswith("org:"):
        offices = {office for holder, office in by_office() if holder == owner and office in lexicon().sole}
        if len(offices) == 1:
            return offices.pop()
        return "head"
    return office_of(scene, p)


def _spoken_for(scene: Scene, p: Phrase) -> str | None:
    """Whom a spokesperson speaks for: a named body, or whoever "its" and "the rebels'" are."""
    for hit in p.owners:
        if hit.entry.sort in ("body", "body-default", "organisation", "group", "outlet"):
            return hit.entry.id
    at = p.whose if p.whose is not None else p.possessor
    return scene.actor_of.get(at) if at is not None else None


def _apposed(scene: Scene, p: Phrase) -> Figure | None:
    """The person named right before a title that commas set off: "Wang Wenbin, a Foreign Ministry spokesman,"."""
    words = scene.words
    front = p.front if p.front is not None else p.start
    if p.name is not None or front < 2:
        return None
    before = words.lower[front - 1]
    if before not in (",", "-", "–", "—", "(") and not (before in ("is", "was") and words.dep[p.head] == "attr"):
        return None
    if _speaks_after(scene, p, front - 2):
        return None
    if before in ("is", "was"):
        subject = words.child(words.head[p.head], "nsubj")
        key = scene.heads.get(subject) if subject is not None else None
    else:
        key = scene.actor_of.get(front - 2)
        if key is None or key.startswith("org:") and scene.figures[key].kind is ActorKind.ORGANISATION:
            key = _bare_name(scene, front - 2, key)
    if key is None or scene.figures[key].kind is not ActorKind.PERSON:
        return None
    if _of_another_state(scene, p, scene.figures[key]):
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


def _speaks_after(scene: Scene, p: Phrase, last: int) -> bool:
    """As in "... would call Xi, the leader said": the title is the subject of what follows, not of the name before."""
    words = scene.words
    if words.dep[p.head] not in SUBJECTS or p.end >= words.n or words.pos[p.end] not in ("VERB", "AUX"):
        return False
    start = last
    first = words.sentences[words.sentence[p.head]][0]
    while start > first and words.pos[start] == "PROPN":
        start -= 1
    return any(words.pos[k] not in ("PUNCT", "SPACE", "CCONJ", "PROPN") for k in range(first, start + 1))


def _of_another_state(scene: Scene, p: Phrase, figure: Figure) -> bool:
    """Whether a title's nation is not that of the office holder named before it."""
    nations = {h.entry.country for h in p.owners if h.entry.sort in ("people", "state") and h.entry.country}
    offices = terms_of(figure.id)
    return bool(nations and offices) and not any(t.owner.upper() in nations for t in offices)


def _bare_name(scene: Scene, last: int, label: str | None) -> str | None:
    """Mention the two or more capitalised words that end at a token as a person, where no label says who they are."""
    words = scene.words
    start = last + 1
    while (
        start > 0
        and last - start < 4
        and words.pos[start - 1] == "PROPN"
        and words.text[start - 1][0].isupper()
        and start - 1 not in scene.hit_at
        and scene.actor_of.get(start - 1) == (label if start == last + 1 else None)
    ):
        start -= 1
    if last - start < 1 or words.sentence[start] != words.sentence[last]:
        return None
    figure = find_person(scene, words.surface((start, last + 1)))
    if label is not None:
        scene.merge(label, figure.id)
    scene.mention(start, last + 1, figure.id)
    return figure.id


def _assume(
    scene: Scene, p: Phrase, figure: Figure, owner: str | None, country: str | None, office: str, principal: str | None
) -> Figure:
    """Note what a title says of a person: the report's own words come before the lexicon."""
    figure.gender = figure.gender or gender_of(p, scene)
    if owner is None and figure.kind is ActorKind.PERSON and p.determiner == "the" and p.sort == "office":
        key = _described_office(scene, p, scene.words.lower[p.head])
        if key and scene.figures[key].kind is ActorKind.OFFICE and figure.country in (None, scene.figures[key].country):
            former = scene.figures[key]
            owner, country = former.owner, former.country
            principal, office = principal or former.principal, former.office or office
            scene.merge(key, figure.id)
    elif (
        owner is not None
        and scene.offices.get((owner, office), figure.id) == figure.id
        and (f"{owner}/{office}" in scene.figures)
    ):
        scene.merge(f"{owner}/{office}", figure.id)
    if country is None and owner is None and figure.country is None and p.sort == "office" and p.org is None:
        owner = _state_in_view(scene, p)
        country = owner.upper() if owner else None
        principal = principal or owner
    if country and (figure.country is None or figure.role is None and not terms_of(figure.id)):
        figure.country = country
    if p.sort == "office" or p.sort == "person":
        title = title_of(scene, p)
        if (
            title
            and (figure.role is None or len(title) > len(figure.role) and scene.words.lower[p.head] != "leader")
            and scene.words.lower[p.head]
            not in (
                "number",
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


def _state_in_view(scene: Scene, p: Phrase) -> str | None:
    """A minister or a government's spokesman without a country is of the state that the report speaks of."""
    words = scene.words
    governs = any(words.lower[k] in _GOVERNING for k in range(min(p.start, p.title[0]), p.title[1]))
    if not governs and words.lower[p.head] not in (
        "minister",
        "president",
        "premier",
        "chancellor",
        "secretary",
        "king",
    ):
        return None
    if p.former or p.start and scene.words.pos[p.start - 1] == "PROPN":
        return None
    state = _first_subject(scene, p.start) or nearest_state(scene, p.start, reach=6)
    return state if state in coded_states() else None


def _first_subject(scene: Scene, at: int) -> str | None:
    """As in "Sofia will not let Skopje join, President Radev said": the state that he says will act."""
    words = scene.words
    if words.lower[at - 1 if at else 0] != ",":
        return None
    first: str | None = None
    begins = words.sentences[words.sentence[at]][0]
    for m in scene.before(at):
        if m.sentence != words.sentence[at]:
            break
        leads = m.subject or m.start == begins and m.end < at and words.tag[m.end] in ("VBZ", "VBD", "MD")
        if leads and scene.figures[m.figure].kind is ActorKind.STATE:
            first = m.figure
    return first


def _nameless(scene: Scene, p: Phrase, owner: str | None, country: str | None, principal: str | None) -> Figure | None:
    words = scene.words
    if p.determiner in ("no", "any", "every", "each") or words.dep[p.head] in ("attr", "appos", "oprd"):
        return None
    if words.lower[p.start - 1 if p.start else 0] in ("as",) and words.dep[p.head] == "pobj":
        return None
    if not speaks(scene, p.head) and words.lower[p.head] not in ("official", "diplomat", "source"):
        return None
    surface = words.surface((p.start, p.end))
    key = f"unnamed:{slug(bare(surface))}-{p.start}"
    spokes = words.lower[p.head] in ("spokesman", "spokeswoman", "spokesperson")
    if spokes:
        key = f"{principal or 'office:'}/spokesperson" if principal else f"unnamed:spokesperson-{p.start}"
    kind = ActorKind.OFFICE if spokes and principal else ActorKind.UNNAMED
    figure = Figure(key, bare(surface), kind, country, title_of(scene, p), principal, gender=gender_of(p, scene))
    figure.office, figure.owner = ("spokesperson" if spokes else None), owner
    return scene.figure(figure)


def _described_person(
    scene: Scene, p: Phrase, owner: str | None, country: str | None, principal: str | None
) -> Figure | None:
    """As in "The official", "the diplomat": one already described so; a bare or possessed one is nameless."""
    words = scene.words
    if p.determiner in ("the", "this", "that"):
        here = words.sentence[p.head]
        for m in scene.before(p.end):
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
    """As in "His Japanese counterpart": the same office in another state."""
    model = _model(scene, p)
    if p.whose is not None and not any(h.entry.sort in _STATE_SORTS for h in p.owners):
        owner = country = None
    if model is None or model.office is None:
        return None
    if owner is None:
        for m in scene.before(p.end):
            other = scene.figures[m.figure]
            if other.office == model.office and other.owner != model.owner and other.personal:
                return other
        return None
    return _holder(scene, owner, country, model.office, scene.words.surface((p.start, p.end)))


def _model(scene: Scene, p: Phrase) -> Figure | None:
    """Whose counterpart it is."""
    whose = scene.actor_of.get(p.whose) if p.whose is not None else None
    if whose is None and p.possessor is not None:
        whose = scene.actor_of.get(p.possessor)
    if whose is None:
        whose = next((m.figure for m in scene.before(p.end) if scene.figures[m.figure].office), None)
    return scene.figures.get(whose) if whose else None


def _holder(scene: Scene, owner: str, country: str | None, office: str, surface: str) -> Figure:
    """Return who holds an office: by the report, by the lexicon at the report's date, else the office itself."""
    office = _EQUIVALENT.get((owner, office), office)
    if office == "secretary-of-state" and owner not in ("usa", "vat"):
        office = "foreign-minister"
    known = scene.offices.get((owner, office))
    if known:
        return scene.figures[known]
    month = scene.month
    if month is not None:
        rows = [t for t in by_office().get((owner, office), ()) if t.holds(month)]
        if len({t.person for t in rows}) == 1:
            return from_terms(scene, (rows[0],))
    figure = Figure(f"{owner}/{office}", bare(surface), ActorKind.OFFICE, country, principal=owner)
    figure.office, figure.owner = office, owner
    return scene.figure(figure)


def _leader(scene: Scene, p: Phrase, owner: str | None) -> Figure | None:
    """As in "The Russian leader", "the leader": the latest in view of those who lead."""
    leaders = lexicon().leaders
    here = scene.words.sentence[p.head]
    for m in scene.before(p.end):
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
    if p.former and p.determiner == "the" and p.name is None:
        found = _described_by(scene, p, head)
        if found is not None:
            return found
    if p.former or p.whose is None and p.owners == [] and _epithet(scene, p):
        return _person_in_view(scene, p) if p.determiner == "the" and speaks(scene, p.head) else None
    if head in ("leader", "mandatary") and p.title[1] - p.title[0] == 1:
        found = _leader(scene, p, owner)
        if found is not None or owner is None:
            return found
    if spokes:
        return _spokes(scene, p, country, principal, surface)
    if owner is None:
        key = scene.offices.get((None, office)) or _described_office(scene, p, head) or _same_office(scene, p, office)
        if key:
            return _named_by(scene, p, scene.figures[key])
        bare = p.determiner == "" and not words.text[p.head][0].isupper()
        if bare or not _is_sole(office) or words.dep[p.head] in ("attr", "appos"):
            return (
                None
                if not (p.determiner == "the" and speaks(scene, p.head) and office not in lexicon().weak)
                else (scene.figure(_plain_office(p, office, surface, scene)))
            )
        state = nearest_state(scene, p.start)
        if state is None:
            return scene.figure(_plain_office(p, office, surface, scene)) if speaks(scene, p.head) else None
        owner, country = state, state.upper() if state in coded_states() else None
    if words.dep[p.head] in ("attr", "oprd") and p.determiner != "the":
        return None
    if office in lexicon().weak and not speaks(scene, p.head):
        return None
    known = scene.offices.get((owner, office))
    if known is None and p.determiner in ("the", "its") and not _is_sole(office):
        key = _described_office(scene, p, head, owner)
        if key:
            return scene.figures[key]
    fresh = known is None and f"{owner}/{office}" not in scene.figures
    holder = _holder(scene, owner, country, office, surface)
    person = _unexplained(scene, p, owner) if fresh and holder.kind is ActorKind.OFFICE else None
    if person is not None:
        scene.figures.pop(holder.id, None)
        return _assume(scene, p, person, owner, country, office, principal)
    return _named_by(scene, p, holder)


def _is_sole(office: str) -> bool:
    """Whether a state has one of it: so it has of ministers of any portfolio."""
    portfolio, _, head = office.rpartition("-")
    return office in lexicon().sole or head == "minister" and portfolio.split("-")[0] not in _NO_PORTFOLIOS


def _explained(scene: Scene, figure: Figure, owner: str) -> bool:
    """Whether it is known who a person is: of another state, or in office at the time."""
    terms = terms_of(figure.id)
    if any(t.holds(scene.month) for t in terms) or not terms and figure.office:
        return True
    return figure.country is not None and figure.country.lower() != owner


def _unexplained(scene: Scene, p: Phrase, owner: str) -> Figure | None:
    """The one person whom the report has just named in full without saying who that is, and now describes."""
    if p.determiner not in ("the", "its") or not speaks(scene, p.head):
        return None
    here = scene.words.sentence[p.head]
    found: Figure | None = None
    for m in scene.before(p.start):
        if here - m.sentence > 2:
            break
        figure = scene.figures[m.figure]
        if figure.kind is not ActorKind.PERSON or figure.role or _explained(scene, figure, owner):
            continue
        if found not in (None, figure) or " " not in figure.name or m.sentence == here and m.subject:
            return None
        found = figure
    return found


def _named_by(scene: Scene, p: Phrase, figure: Figure) -> Figure:
    """Take the role from a title that stands without the name: "the Foreign Secretary was unmoved"."""
    if figure.role is None and figure.kind is ActorKind.PERSON and not p.former:
        figure.role = title_of(scene, p)
    return figure


def _epithet(scene: Scene, p: Phrase) -> bool:
    """As in "The veteran diplomat", "the 72-year-old leader": a description by age or past."""
    words = scene.words
    return any(
        words.lower[k] in ("veteran", "longtime", "old", "embattled", "outgoing") for k in range(p.start, p.head)
    )


def _described_by(scene: Scene, p: Phrase, noun: str) -> Figure | None:
    """As in "The ousted president": the latest person whom the report has called president, now or once."""
    here = scene.words.sentence[p.head]
    for m in scene.before(p.end):
        if here - m.sentence > 12:
            return None
        figure = scene.figures[m.figure]
        if figure.kind is ActorKind.PERSON and noun in figure.words:
            return figure
    return None


def _person_in_view(scene: Scene, p: Phrase) -> Figure | None:
    here = scene.words.sentence[p.head]
    for m in scene.before(p.end):
        if here - m.sentence > 2:
            return None
        figure = scene.figures[m.figure]
        if m.subject and figure.kind is ActorKind.PERSON and m.quote < 0:
            return figure
    return None


def _plain_office(p: Phrase, office: str, surface: str, scene: Scene) -> Figure:
    figure = Figure(f"office:{office}", bare(surface), ActorKind.OFFICE, role=title_of(scene, p))
    figure.office = office
    return figure


def _described_office(scene: Scene, p: Phrase, head: str, owner: str | None = None) -> str | None:
    """The latest person whom the report describes with this noun: "the minister", "the ambassador"."""
    here = scene.words.sentence[p.head]
    full = " ".join(scene.words.lower[k] for k in range(*p.title))
    for m in scene.before(p.end):
        if here - m.sentence > 12:
            return None
        figure = scene.figures[m.figure]
        if not figure.personal or (owner is not None and figure.owner not in (None, owner)):
            continue
        if head in figure.words and (" " not in full or full in (figure.role or "").lower()):
            return figure.id
        if (
            figure.office
            and (head in figure.office.split("-") or head == "premier" and figure.office == "prime-minister")
            and " " not in full
        ):
            return figure.id
    return None


_EQUIVALENT = {("usa", "foreign-minister"): "secretary-of-state", ("gbr", "foreign-secretary"): "foreign-minister"}


def _same_office(scene: Scene, p: Phrase, office: str) -> str | None:
    """The latest holder of the office under a state's own name for it: a British "Foreign Secretary"."""
    for m in scene.before(p.end):
        figure = scene.figures[m.figure]
        if not figure.personal:
            continue
        if figure.office and _EQUIVALENT.get((figure.owner or "", office)) == figure.office:
            return figure.id
        for term in terms_of(figure.id):
            if term.holds(scene.month) and term.office in (office, _EQUIVALENT.get((term.owner, office))):
                return figure.id
    return None


def _spokes(scene: Scene, p: Phrase, country: str | None, principal: str | None, surface: str) -> Figure | None:
    words = scene.words
    if principal is None:
        for m in scene.before(p.end):
            figure = scene.figures[m.figure]
            if figure.personal and (
                figure.words & {"spokesman", "spokeswoman", "spokesperson"} or "spokes" in (figure.office or "")
            ):
                return figure
            if words.sentence[p.head] - m.sentence > 10:
                break
        return None
    for m in scene.before(p.end):
        figure = scene.figures[m.figure]
        if (
            figure.personal
            and figure.principal == principal
            and figure.words & {"spokesman", "spokeswoman", "spokesperson"}
        ):
            return figure
    key = f"{principal}/spokesperson"
    figure = Figure(
        key, bare(surface), ActorKind.OFFICE, country, title_of(scene, p), principal, gender=gender_of(p, scene)
    )
    figure.office, figure.owner = "spokesperson", principal
    return scene.figure(figure)
