"""Noun phrases for those who hold an office, fill a place or speak for one, and for bodies and groups.

The words decide, not the parse: a phrase is grown from its head noun over modifiers to the left and over "of" and
"for" to the right, and takes a name that stands right after it or beside it between commas.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from communique.lexicon import load
from communique.model import ActorKind
from communique.reading.gazetteer import Entry, Hit, by_family_name, fold
from communique.reading.names import Name, name_at
from communique.reading.words import Words

_NOMINAL = {"NN", "NNP", "NNPS", "JJ", "JJS", "JJR", "CD", "HYPH", "VBN", "VBG", "AFX", "FW", "NNS"}
_DETERMINERS = {
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "one",
    "another",
    "both",
    "some",
    "any",
    "no",
    "every",
    "each",
    "several",
    "many",
    "most",
    "all",
    "other",
}
_OWNED = {"his", "her", "its", "their", "my", "our", "your", "whose"}
_RIGHT = {"of", "for", "in", "from", "at", "to"}
_LEFT_LIMIT = 14


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``offices.toml`` as look-ups."""

    heads: Mapping[str, str]
    offices: Mapping[str, str]
    modifiers: frozenset[str]
    weak: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    courtesy: frozenset[str]
    sole: frozenset[str]
    leaders: tuple[str, ...]
    groups: frozenset[str]
    needy_groups: frozenset[str]
    strict: frozenset[str]
    titles: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the words for offices and descriptions; ``heads`` says what sort of phrase a head noun makes."""
    data = load("offices")
    rows = data["heads"]
    heads: dict[str, str] = {}
    for word in rows["person"]:
        heads[word] = "person"
    for word in rows["office"]:
        heads[word] = "office"
    for word in rows["spokes"]:
        heads[word] = "office"
    for word in rows["plural"]:
        heads[word] = "plural"
    for word in data["groups"]["words"]:
        heads[word] = "group"
    offices = {name: office for office, names in data["offices"].items() for name in reversed(names)}
    for office in list(data["offices"]):
        for name in data["offices"][office][:1]:
            offices[name] = office
    return Lexicon(
        heads=heads,
        offices=offices,
        modifiers=frozenset(rows["modifiers"]),
        weak=frozenset(rows["weak"]),
        male=frozenset(rows["male"]),
        female=frozenset(rows["female"]),
        courtesy=frozenset(rows["courtesy"]),
        sole=frozenset(data["sole"]["offices"]),
        leaders=tuple(data["sole"]["leaders"]),
        groups=frozenset(data["groups"]["words"]),
        needy_groups=frozenset(data["groups"]["needs_nation"]),
        strict=frozenset(data["government"]["strict"]),
        titles=frozenset(rows["office"])
        | frozenset(rows["courtesy"])
        | {"prime", "foreign"}
        | frozenset(rows["spokes"]),
    )


@dataclass(slots=True)
class Phrase:
    """Tokens ``[start, end)`` around the head noun.

    ``sort`` is "office", "person", "plural", "group", "body" or "government". ``title`` is the token range of the
    title alone. ``owners`` are the names it belongs to (states, organisations), ``body`` the body phrase inside it,
    ``whose`` a possessive pronoun, ``name`` the range of the bearer's name, ``beside`` whether commas set it off.
    """

    sort: str
    start: int
    end: int
    head: int
    title: tuple[int, int]
    determiner: str = ""
    owners: list[Hit] = field(default_factory=list)
    org: Name | None = None
    body: Phrase | None = None
    whose: int | None = None
    possessor: int | None = None
    front: int | None = None
    name: tuple[int, int] | None = None
    beside: bool = False
    former: bool = False
    place: bool = False


Phrases = dict[int, Phrase]


@dataclass(frozen=True, slots=True)
class Finder:
    """What the growing of phrases looks at; ``phrase_at`` maps tokens to the body phrases already grown."""

    words: Words
    hit_at: dict[int, Hit]
    names: dict[int, Name]
    name_end: dict[int, Name]
    phrase_at: dict[int, Phrase]


def find_phrases(words: Words, hits: list[Hit], hit_at: dict[int, Hit], names: dict[int, Name]) -> list[Phrase]:
    """Return the phrases of a text in order of their start."""
    finder = Finder(words, hit_at, names, {k: n for n in names.values() for k in range(n.start, n.end)}, {})
    found: list[Phrase] = []
    for hit in hits:
        sort = hit.entry.sort
        if (
            sort in ("body-word", "government-word")
            and hit_at.get(hit.start) is hit
            and not _only_describes(words, hit)
        ):
            phrase = _grow(finder, "body" if sort == "body-word" else "government", hit.start, hit.end)
            if phrase is not None:
                found.append(phrase)
                for k in range(phrase.start, phrase.end):
                    finder.phrase_at.setdefault(k, phrase)
    heads = lexicon().heads
    lower, tag, lemma = words.lower, words.tag, words.lemma
    taken = 0
    for i in range(words.n):
        sort = (
            heads.get(lower[i])
            or ("office" if lower[i] == "number" and i and lower[i - 1] == "opposite" else None)
            or (heads.get(lemma[i]) if tag[i] in ("NNS", "NNPS") else None)
        )
        if sort is None or i < taken or i in finder.name_end or i in finder.phrase_at:
            continue
        if tag[i][0] not in "NJF" and not (tag[i] == "VBP" or words.pos[i] == "PROPN"):
            continue
        hit = hit_at.get(i)
        if hit is not None and hit.entry.sort != "person":
            continue
        if (
            tag[i] in ("JJ", "JJS", "JJR")
            and i + 1 < words.n
            and words.pos[i + 1] in ("NOUN", "PROPN", "ADJ")
            and (i + 1 not in names)
        ):
            continue
        if sort != "group" and (tag[i] in ("NNS", "NNPS") or lower[i] in ("officials", "police")):
            sort = "plural"
        if _modifies_head(finder, i):
            continue
        phrase = _grow(finder, sort, i, i + 1)
        if phrase is not None:
            found.append(phrase)
            for k in range(phrase.start, phrase.end):
                finder.phrase_at.setdefault(k, phrase)
            taken = phrase.head + 1 if phrase.name is None or phrase.beside else phrase.name[1]
    found.sort(key=lambda p: (p.start, -p.end))
    return found


def _only_describes(words: Words, hit: Hit) -> bool:
    """Whether a body's word only describes the next noun: "military exercises", "Cabinet Secretary", "state visit"."""
    nxt = hit.end
    if nxt >= words.n:
        return False
    if words.lower[nxt] in ("secretary", "-", "minister", "resolution"):
        return True
    if (
        hit.end - hit.start > 1
        or words.pos[nxt] not in ("NOUN", "ADJ")
        or words.sentence[nxt] != words.sentence[hit.start]
    ):
        return False
    return words.lower[nxt] not in lexicon().heads and words.lemma[nxt] not in lexicon().heads


def _modifies_head(f: Finder, i: int) -> bool:
    """Whether the next word carries the title on: "president" in "president 's office", "chief" in "chief negotiator"."""
    words = f.words
    nxt = i + 1
    if nxt >= words.n:
        return False
    if words.lower[nxt] == "-" and nxt + 1 < words.n and words.lower[nxt + 1] in ("general", "elect", "designate"):
        return False
    word = words.lower[nxt]
    heads = lexicon().heads
    if (
        (word in heads or words.lemma[nxt] in heads)
        and words.pos[nxt] in ("NOUN", "PROPN", "ADJ")
        and (nxt not in f.name_end)
    ):
        return True
    if words.pos[nxt] == "NOUN" and words.dep[i] in ("compound", "nmod", "amod"):
        return True
    hit = f.hit_at.get(nxt)
    if hit is not None and hit.entry.sort in ("body-word", "government-word"):
        return True
    return word in ("ministerial",) or (
        word in lexicon().modifiers and words.pos[nxt] in ("NOUN", "PROPN", "ADJ") and (_next_head(words, nxt))
    )


def _next_head(words: Words, i: int) -> bool:
    heads = lexicon().heads
    for k in range(i, min(i + 4, words.n)):
        if words.lower[k] in heads:
            return True
        if words.pos[k] not in ("NOUN", "PROPN", "ADJ"):
            return False
    return False


def _grow(f: Finder, sort: str, first: int, last: int) -> Phrase | None:
    """Grow a phrase from the tokens of its head noun (or of a body's words)."""
    words = f.words
    phrase = Phrase(sort, first, last, last - 1, (first, last))
    if sort in ("body", "government"):
        phrase.head = first if "of" in words.lower[first:last] else last - 1
        if words.lower[first:last] and words.lower[first] in ("office",):
            phrase.head = first
    _grow_left(f, phrase)
    _grow_right(f, phrase)
    if sort in ("office", "person", "plural"):
        _take_name(f, phrase)
    return phrase


def _grow_left(f: Finder, p: Phrase) -> None:
    words = f.words
    floor = words.sentences[words.sentence[p.head]][0]
    i = p.start - 1
    title_start = p.start
    low = max(floor, p.start - _LEFT_LIMIT)
    owned = False
    while i >= low:
        word, tag = words.lower[i], words.tag[i]
        if words.pos[i] == "SPACE" and word.count("\n") < 2:
            i -= 1
            continue
        inner = f.phrase_at.get(i)
        hit = f.hit_at.get(i)
        name = f.name_end.get(i)
        if inner is not None and inner.end == i + 1 and inner.sort in ("body", "government") and p.sort != "government":
            p.body = inner
            i = inner.start - 1
            p.start = inner.start
            owned = True
            p.determiner = inner.determiner
            p.whose, p.possessor, p.front = inner.whose, inner.possessor, inner.front
            break
        if (
            hit is not None
            and hit.entry.sort not in ("body-word", "government-word")
            and not (p.sort in ("body", "government") and hit.start >= p.start)
        ):
            if hit.entry.sort == "person":
                if not owned and words.lower[hit.end] not in ("'s", "'"):
                    if p.sort == "government" and words.lower[p.head] in ("administration", "government", "team"):
                        p.owners.append(hit)
                        i, p.start = hit.start - 1, hit.start
                        continue
                break
            if hit.entry.sort == "people" and words.tag[i] in ("NNS", "NNPS") and words.lower[i] != words.lemma[i]:
                break
            if owned and p.owners and hit.entry.sort != "people":
                break
            p.owners.append(hit)
            i = hit.start - 1
            p.start = hit.start
            continue
        if (
            name is not None
            and p.sort == "government"
            and words.lower[p.head] in ("administration", "government", "team")
        ):
            term = by_family_name().get(fold(words.text[name.end - 1]))
            if term is not None and not term[0].owner.startswith("org:"):
                entry = Entry(term[0].person, term[0].name, ActorKind.PERSON, "person", term[0].owner.upper())
                p.owners.append(Hit(name.start, name.end, entry))
                i, p.start = name.start - 1, name.start
                continue
        if name is not None:
            if not name.personal and i == name.end - 1:
                p.org = name
                i, p.start = name.start - 1, name.start
                owned = True
                continue
            if p.sort == "government" and words.lower[p.head] == "administration":
                p.org = name
                p.start = name.start
            break
        if word in ("'s", "'") and tag == "POS":
            if owned and (p.owners or p.body):
                break
            title_start = min(title_start, i + 1)
            owner = _owner_before(f, i)
            if owner is None:
                p.start, p.possessor, p.determiner = i + 1, i - 1, "its"
                p.front = _front(words, i - 1, floor)
                break
            p.owners.append(owner) if isinstance(owner, Hit) else setattr(p, "org", owner)
            p.start = owner.start
            if p.start > floor and words.lower[p.start - 1] == "the":
                p.start -= 1
            p.determiner = "the"
            break
        if word in _OWNED or tag == "PRP$" or tag == "WP$":
            p.whose = i
            p.start = i
            p.determiner = "its"
            break
        if word in _DETERMINERS and tag not in ("IN", "WDT"):
            p.determiner = word
            p.start = i
            if word in ("the", "both", "one", "a", "an", "some", "all", "that"):
                break
            i -= 1
            continue
        if word in ("and", "&", "or") and p.owners and i - 1 >= low and p.start == p.owners[-1].start:
            before = f.hit_at.get(i - 1)
            if (
                before is not None
                and before.entry.sort in ("people", "state", "organisation")
                and (before.entry.sort == p.owners[-1].entry.sort or p.sort == "plural")
                and p.sort == "plural"
            ):
                i -= 1
                continue
            break
        if tag in _NOMINAL and words.pos[i] != "VERB" or word in lexicon().modifiers or tag == "HYPH":
            if words.entity[i] in ("DATE", "TIME") and word not in lexicon().modifiers:
                break
            if tag == "NNS" and word not in ("affairs", "rights", "arms", "sources", "fisheries", "operations"):
                break
            if not owned and not p.owners:
                title_start = i
            if word in ("former", "ex", "then", "late", "ousted", "exiled", "retired"):
                p.former = True
            p.start = i
            i -= 1
            continue
        break
    if p.owners or p.org or p.body:
        later = max([h.end for h in p.owners] + [p.org.end if p.org else 0, p.body.end if p.body else 0])
        title_start = max(title_start, later)
        if title_start < p.title[0] and words.lower[title_start] in ("'s", "'", "-", "–"):
            title_start += 1
    p.title = (min(max(title_start, p.start), p.title[0]), p.title[1])


def _front(words: Words, i: int, floor: int) -> int:
    """The start of the possessor's noun phrase that ends at token i: "the rebels" in "the rebels' spokesman"."""
    start = i
    while (
        start > floor and i - start < 5 and (words.tag[start - 1] in _NOMINAL or words.lower[start - 1] in _DETERMINERS)
    ):
        start -= 1
    return start


def _owner_before(f: Finder, apostrophe: int) -> Hit | Name | None:
    hit = f.hit_at.get(apostrophe - 1)
    if hit is not None and hit.entry.sort not in ("body-word", "government-word", "people"):
        return hit
    name = f.name_end.get(apostrophe - 1)
    return name if name is not None and not name.personal else None


def _grow_right(f: Finder, p: Phrase) -> None:
    words = f.words
    limit = words.sentences[words.sentence[p.head]][1]
    i = p.end
    if i + 1 < limit and words.lower[i] == "-" and words.lower[i + 1] in ("general", "elect", "designate"):
        p.end = i = i + 2
        p.title = (p.title[0], p.end)
    elif i < limit and words.lower[i] in ("general", "elect", "designate") and p.sort == "office":
        p.end = i = i + 1
        p.title = (p.title[0], p.end)
    if i + 1 >= limit or words.lower[i] not in _RIGHT:
        return
    link = words.lower[i]
    if _head_of_state(words, p, i, limit):
        return
    k = i + 1
    while (
        k < limit
        and k < i + 4
        and (words.lower[k] in ("the", "both", "its") or words.pos[k] == "ADJ" and k not in f.hit_at)
    ):
        k += 1
    if k >= limit:
        return
    inner, hit, name = f.phrase_at.get(k), f.hit_at.get(k), f.name_end.get(k)
    if link == "to":
        if (
            hit is not None
            and hit.entry.sort in ("state", "organisation", "city")
            and words.lower[p.head]
            in (
                "ambassador",
                "envoy",
                "representative",
                "representatives",
                "ambassadors",
            )
        ):
            p.end = hit.end
            if hit.entry.sort == "organisation":
                p.title = (p.title[0], p.end)
        return
    if (
        inner is not None
        and inner.sort in ("body", "government")
        and inner.start <= k
        and link in ("of", "for", "at", "from", "in")
    ):
        if p.body is None and not (p.owners and inner.owners):
            p.body = inner
            p.end = inner.end
        return
    if hit is not None and hit.entry.sort not in ("body-word", "government-word", "person") and hit.start == k:
        nxt = words.lower[hit.end] if hit.end < words.n else ""
        if nxt in ("'s", "'") or hit.entry.sort == "people" or _leads_on(words, hit.end, limit):
            _take_in(f, p, hit, link, limit)
            return
        if p.owners and link != "of" or p.body is not None and link in ("in", "at", "from"):
            return
        if link == "from" and p.sort == "office":
            return
        if (
            (link == "at" or link == "in" and not (hit.entry.sort == "state" and nxt in (",", ".")))
            and p.sort == "office"
            and words.lower[p.head]
            not in (
                "ambassador",
                "spokesman",
                "spokeswoman",
                "spokesperson",
                "representative",
                "mediator",
                "coordinator",
            )
        ):
            return
        p.owners.append(hit)
        p.place = link in ("in", "at")
        p.end = hit.end
        if p.sort == "plural" and nxt == "and":
            second = f.hit_at.get(hit.end + 1)
            if second is not None and second.entry.sort == hit.entry.sort == "state":
                p.owners.append(second)
                p.end = second.end
        return
    if name is not None and not name.personal and link in ("of", "for", "at", "with"):
        if p.org is None:
            p.org = name
        p.end = name.end
        return
    if (
        link in ("of", "for")
        and p.sort == "office"
        and words.pos[k] in ("NOUN", "PROPN", "ADJ")
        and k == i + 1 + (words.lower[i + 1] == "the")
    ):
        _grow_portfolio(f, p, i, k, limit)


def _head_of_state(words: Words, p: Phrase, i: int, limit: int) -> bool:
    """ "Head of government", "head of state"; "envoy of the Secretary-General": take the words into the title."""
    if words.lower[i] != "of":
        return False
    k = i + 1 + (words.lower[i + 1] == "the")
    if (
        words.lower[p.head] in ("head", "secretary", "minister")
        and k < limit
        and words.lower[k] in ("government", "state")
    ):
        p.end = k + 1
        if p.end + 1 < limit and words.lower[p.end] == "for" and words.lower[p.end + 1] not in ("the", "a"):
            while (
                p.end + 1 < limit
                and words.text[p.end + 1][0].isupper()
                and words.pos[p.end + 1] in ("NOUN", "PROPN", "ADJ")
            ):
                p.end += 2 if words.lower[p.end] == "for" else 1
    elif (
        p.sort == "office"
        and k < limit
        and words.lower[k] == "secretary"
        and words.lower[k + 1 : k + 3] == ["-", "general"]
    ):
        p.end = k + 3
    elif p.sort == "office" and k < limit and words.lower[k] in ("president", "secretary-general", "minister", "king"):
        p.end = k + 1
    else:
        return False
    p.title = (p.title[0], p.end)
    return True


def _leads_on(words: Words, i: int, limit: int) -> bool:
    """Whether a name only describes the noun after it: "the U.N. nuclear watchdog"."""
    return (
        i < limit
        and words.pos[i] in ("NOUN", "ADJ")
        and words.dep[i - 1] in ("compound", "nmod", "amod")
        and (words.head[i - 1] >= i)
    )


def _take_in(f: Finder, p: Phrase, hit: Hit, link: str, limit: int) -> None:
    """ "Head of Kyrgyzstan's security service", "head of the U.N. nuclear watchdog": over the rest of the noun phrase."""
    words = f.words
    if link not in ("of", "for") or p.sort != "office" or p.owners:
        return
    end = hit.end
    while (
        end < limit
        and end < hit.end + 5
        and (words.pos[end] in ("NOUN", "PROPN", "ADJ", "PART") and end not in f.names)
    ):
        end += 1
    if words.pos[end - 1] not in ("NOUN", "PROPN") or words.lower[end - 1] in ("'s", "'"):
        return
    if hit.entry.sort in ("state", "people", "city", "territory"):
        p.owners.append(hit)
    p.end = end


def _grow_portfolio(f: Finder, p: Phrase, link: int, k: int, limit: int) -> None:
    """ "Minister of Foreign Affairs", "Secretary of State for Defence", "chief of staff"."""
    words = f.words
    if words.lower[p.head] not in (
        "minister",
        "secretary",
        "chief",
        "under-secretary",
        "undersecretary",
        "head",
        "director",
        "commissioner",
        "representative",
        "speaker",
        "leader",
        "chairman",
        "adviser",
        "advisor",
    ):
        return
    end = k
    while end < limit and end < k + 7 and end not in f.name_end:
        hit = f.hit_at.get(end)
        if hit is not None and hit.entry.sort not in ("body-word", "government-word"):
            break
        if words.pos[end] in ("NOUN", "PROPN", "ADJ") and (words.text[end][0].isupper() == words.text[k][0].isupper()):
            if words.lower[end] in lexicon().heads and lexicon().heads[words.lower[end]] == "office" and end > k:
                break
            end += 1
        elif (
            words.lower[end] in ("and", "for", "of")
            and end + 1 < limit
            and words.pos[end + 1] in ("NOUN", "PROPN", "ADJ")
            and (words.text[end + 1][0].isupper() and words.text[k][0].isupper() and end + 1 not in f.hit_at)
        ):
            end += 1
        else:
            break
    if end > k:
        p.end = end
        p.title = (p.title[0], end)
        if end + 1 < limit and words.lower[end] == "of":
            hit = f.hit_at.get(end + 1 + (words.lower[end + 1] == "the"))
            if hit is not None and hit.entry.sort in ("state", "organisation"):
                p.owners.append(hit)
                p.end = hit.end


def _names_person(f: Finder, i: int) -> bool:
    hit = f.hit_at.get(i)
    return hit is not None and hit.start == i and hit.entry.sort == "person"


def _take_name(f: Finder, p: Phrase) -> None:
    """Find the bearer's name: right after, or set off by commas."""
    words = f.words
    limit = words.sentences[words.sentence[p.head]][1]
    i = p.end
    if i < limit and words.text[i] in (",", "-", "–", "—") and p.sort != "plural":
        start = i + 1
        while start < limit and words.lower[start] in lexicon().courtesy and not _names_person(f, start):
            start += 1
        end = name_at(words, start, f.hit_at, f.names, limit)
        if start not in f.names and start not in f.hit_at and (end - start < 2 or words.pos[start] != "PROPN"):
            end = start
        if end > start and (end >= limit or words.text[end] in (",", ".", ")", ";", ":", "-", "–", "—", '"', "'")):
            listed = end + 1 < limit and words.text[end] == "," and words.lower[end + 1] in ("and", "or")
            if (
                not listed
                and p.determiner not in ("a", "an")
                or words.dep[end - 1] == "appos"
                or p.owners
                and not listed
            ):
                p.name, p.beside = (i + 1, end), True
        return
    known = f.hit_at.get(p.head)
    if known is not None and known.entry.sort == "person" and p.sort == "office":
        p.name, p.end = (known.start, known.end), max(p.end, known.end)
        return
    start = i
    while start < limit and start < i + 3 and words.lower[start] in lexicon().courtesy and not _names_person(f, start):
        start += 1
    end = name_at(words, start, f.hit_at, f.names, limit)
    if end > start and p.sort != "plural":
        if (
            start not in f.names
            and start not in f.hit_at
            and words.text[p.head][0].islower()
            and (words.pos[start] != "PROPN")
        ):
            return
        p.name = (i, end)
        p.end = end
