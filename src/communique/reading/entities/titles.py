"""Noun phrases for those who hold an office, fill a place or speak for one, and for bodies and groups.

The words decide, not the parse: a phrase is grown from its head noun over modifiers to the left and over "of" and
"for" to the right, and takes a name that stands right after it or beside it between commas.
"""

from __future__ import annotations

from dataclasses import dataclass

from communique.lexicon.officeholders import by_family_name, fold
from communique.model import ActorKind
from communique.reading.entities.gazetteer import Entry, Hit
from communique.reading.entities.ner import Name
from communique.reading.entities.noun_phrases import Finder, Phrase, lexicon
from communique.reading.entities.title_spans import grow_right, take_name
from communique.reading.tokens import Words

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
_LEFT_LIMIT = 14
_SIDES = {"side", "delegation"}
_WITH_PORTFOLIO = {"minister", "ministry", "secretary", "commissioner"}


def find_phrases(words: Words, hits: list[Hit], hit_at: dict[int, Hit], names: dict[int, Name]) -> list[Phrase]:
    """Return the phrases of a text in order of their start."""
    finder = Finder(words, hit_at, names, {k: n for n in names.values() for k in range(n.start, n.end)}, {})
    found: list[Phrase] = []
    for hit in hits:
        sort = hit.entry.sort
        if (
            sort in ("body-word", "government-word")
            and hit_at.get(hit.start) is hit
            and not _only_describes(words, hit, hit_at)
        ):
            phrase = _grow(finder, "body" if sort == "body-word" else "government", hit.start, hit.end)
            found.append(phrase)
            for k in range(phrase.start, phrase.end):
                finder.phrase_at.setdefault(k, phrase)
    taken = 0
    lower, tag = words.lower, words.tag
    for i in range(words.n):
        made = _sort_of(words, i)
        if made is None or i < taken or i in finder.name_end or i in finder.phrase_at or _no_head(finder, i):
            continue
        if made != "group" and (tag[i] in ("NNS", "NNPS") or lower[i] in ("officials", "police")):
            made = "plural"
        phrase = _grow(finder, made, i, i + 1)
        found.append(phrase)
        for k in range(phrase.start, phrase.end):
            finder.phrase_at.setdefault(k, phrase)
        taken = phrase.head + 1 if phrase.name is None or phrase.beside else phrase.name[1]
    found.sort(key=lambda p: (p.start, -p.end))
    return found


def _sort_of(words: Words, i: int) -> str | None:
    """Return what sort of phrase a word heads; None for most words."""
    heads = lexicon().heads
    made = heads.get(words.lower[i])
    if made is None and words.tag[i] in ("NNS", "NNPS"):
        made = heads.get(words.lemma[i])
    if made is None and words.lower[i] == "number" and i and words.lower[i - 1] == "opposite":
        return "office"
    return made


def _no_head(f: Finder, i: int) -> bool:
    """Whether a word that could head a phrase does not: a verb, an adjective, a part of a name or of a longer title."""
    words = f.words
    tag = words.tag[i]
    if tag[0] not in "NJF" and tag != "VBP" and words.pos[i] != "PROPN":
        return True
    hit = f.hit_at.get(i)
    if hit is not None and hit.entry.sort != "person":
        return True
    described = i + 1 < words.n and words.pos[i + 1] in ("NOUN", "PROPN", "ADJ") and i + 1 not in f.names
    return tag in ("JJ", "JJS", "JJR") and described or _modifies_head(f, i)


def _only_describes(words: Words, hit: Hit, hit_at: dict[int, Hit]) -> bool:
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
    before = hit_at.get(hit.start - 1)
    if words.lower[hit.start] in _SIDES and before is not None and before.entry.sort in ("people", "state"):
        # A verb after "the Japanese side" is often tagged as a noun.
        return words.tag[nxt] != "NNS"
    return words.lower[nxt] not in lexicon().heads and words.lemma[nxt] not in lexicon().heads


def _modifies_head(f: Finder, i: int) -> bool:
    """Whether the next word carries the title on: "chief" in "chief negotiator"."""
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


def _grow(f: Finder, sort: str, first: int, last: int) -> Phrase:
    """Grow a phrase from the tokens of its head noun (or of a body's words)."""
    words = f.words
    phrase = Phrase(sort, first, last, last - 1, (first, last))
    if sort in ("body", "government"):
        phrase.head = first if "of" in words.lower[first:last] else last - 1
        if words.lower[first:last] and words.lower[first] in ("office",):
            phrase.head = first
    _grow_left(f, phrase)
    grow_right(f, phrase)
    if sort in ("office", "person", "plural"):
        take_name(f, phrase)
    return phrase


@dataclass(slots=True)
class _Left:
    """How far to the left a phrase has grown: the next token to look at, the first allowed, where the title starts."""

    i: int
    low: int
    title: int
    owned: bool = False


def _grow_left(f: Finder, p: Phrase) -> None:
    words = f.words
    floor = words.sentences[words.sentence[p.head]][0]
    left = _Left(p.start - 1, max(floor, p.start - _LEFT_LIMIT), p.start)
    steps = (_over_phrase, _over_hit, _over_name, _over_owner, _over_determiner, _over_and, _over_modifier)
    while left.i >= left.low:
        if words.pos[left.i] == "SPACE" and words.text[left.i].count("\n") < 2:
            left.i -= 1
            continue
        for step in steps:
            verdict = step(f, p, left)
            if verdict is not None:
                break
        if not verdict:
            break
    if p.owners or p.org or p.body:
        later = max([h.end for h in p.owners] + [p.org.end if p.org else 0, p.body.end if p.body else 0])
        left.title = max(left.title, later)
        if left.title < p.title[0] and words.lower[left.title] in ("'s", "'", "-", "–"):
            left.title += 1
    p.title = (min(max(left.title, p.start), p.title[0]), p.title[1])


def _over_phrase(f: Finder, p: Phrase, left: _Left) -> bool | None:
    """Take in a body's phrase: "Foreign Ministry" in "Foreign Ministry spokesman"."""
    inner = f.phrase_at.get(left.i)
    if inner is None or inner.end != left.i + 1 or inner.sort not in ("body", "government") or p.sort == "government":
        return None
    p.body, p.start, p.determiner = inner, inner.start, inner.determiner
    p.whose, p.possessor, p.front = inner.whose, inner.possessor, inner.front
    left.owned = True
    return False


def _over_hit(f: Finder, p: Phrase, left: _Left) -> bool | None:
    """Take in a name of the lexicon: "Japanese", "EU", "Kremlin"."""
    words, hit = f.words, f.hit_at.get(left.i)
    if hit is None or hit.entry.sort in ("body-word", "government-word"):
        return None
    if p.sort in ("body", "government") and hit.start >= p.start:
        return None
    if hit.entry.sort == "person":
        if left.owned or words.lower[hit.end] in ("'s", "'") or not _administers(words, p):
            return False
    elif (
        hit.entry.sort == "people"
        and words.tag[left.i] in ("NNS", "NNPS")
        and words.lower[left.i] != (words.lemma[left.i])
        or left.owned
        and p.owners
        and hit.entry.sort != "people"
    ):
        return False
    p.owners.append(hit)
    left.i, p.start = hit.start - 1, hit.start
    return True


def _administers(words: Words, p: Phrase) -> bool:
    return p.sort == "government" and words.lower[p.head] in ("administration", "government", "team")


def _over_name(f: Finder, p: Phrase, left: _Left) -> bool | None:
    """Take in an organisation that the model labels, or whose administration it is."""
    name = f.name_end.get(left.i)
    if name is None:
        return None
    if _administers(f.words, p):
        terms = by_family_name().get(fold(f.words.text[name.end - 1]))
        if terms is not None and not terms[0].owner.startswith("org:"):
            entry = Entry(terms[0].person, terms[0].name, ActorKind.PERSON, "person", terms[0].owner.upper())
            p.owners.append(Hit(name.start, name.end, entry))
            left.i, p.start = name.start - 1, name.start
            return True
    if not name.personal and left.i == name.end - 1:
        p.org, left.owned = name, True
        left.i, p.start = name.start - 1, name.start
        return True
    return False


def _over_owner(f: Finder, p: Phrase, left: _Left) -> bool | None:
    """Stop at whoever owns it: "Japan's", "the country's", "its"."""
    words, i = f.words, left.i
    if words.lower[i] in _OWNED or words.tag[i] in ("PRP$", "WP$"):
        p.whose, p.start, p.determiner = i, i, "its"
        return False
    if words.lower[i] not in ("'s", "'") or words.tag[i] != "POS":
        return None
    if left.owned and (p.owners or p.body):
        return False
    left.title = min(left.title, i + 1)
    floor = words.sentences[words.sentence[p.head]][0]
    owner = _owner_before(f, i)
    if owner is None:
        p.start, p.possessor, p.determiner = i + 1, i - 1, "its"
        p.front = _front(words, i - 1, floor)
        return False
    if isinstance(owner, Hit):
        p.owners.append(owner)
    else:
        p.org = owner
    p.start, p.determiner = owner.start, "the"
    if p.start > floor and words.lower[p.start - 1] == "the":
        p.start -= 1
    return False


def _over_determiner(f: Finder, p: Phrase, left: _Left) -> bool | None:
    word = f.words.lower[left.i]
    if word not in _DETERMINERS or f.words.tag[left.i] in ("IN", "WDT"):
        return None
    p.determiner, p.start = word, left.i
    left.i -= 1
    return word not in ("the", "both", "one", "a", "an", "some", "all", "that")


def _over_and(f: Finder, p: Phrase, left: _Left) -> bool | None:
    """Go on over "and" in "U.S. and Japanese officials"."""
    if f.words.lower[left.i] not in ("and", "&", "or") or not p.owners or p.start != p.owners[-1].start:
        return None
    before = f.hit_at.get(left.i - 1) if left.i - 1 >= left.low else None
    left.i -= 1
    return p.sort == "plural" and before is not None and before.entry.sort in ("people", "state", "organisation")


def _over_modifier(f: Finder, p: Phrase, left: _Left) -> bool | None:
    words, i = f.words, left.i
    word, tag = words.lower[i], words.tag[i]
    known = word in lexicon().modifiers
    if not (tag in _NOMINAL and words.pos[i] != "VERB" or known or tag == "HYPH"):
        return False
    if words.entity[i] in ("DATE", "TIME") and not known:
        return False
    portfolio = words.head[i] == p.head and words.dep[i] == "compound" and words.lower[p.head] in _WITH_PORTFOLIO
    if (
        tag == "NNS"
        and not portfolio
        and word not in ("affairs", "rights", "arms", "sources", "fisheries", "operations")
    ):
        return False
    if not left.owned and not p.owners:
        left.title = i
    if word in ("former", "ex", "then", "late", "ousted", "deposed", "toppled", "exiled", "retired"):
        p.former = True
    p.start = i
    left.i -= 1
    return True


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
