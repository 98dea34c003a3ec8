"""Noun phrases for those who hold an office, fill a place or speak for one, and for bodies and groups.

The words decide, not the parse: a phrase is grown from its head noun over modifiers to the left and over "of" and
"for" to the right, and takes a name that stands right after it or beside it between commas.
"""

from __future__ import annotations

from communique.model import ActorKind
from communique.reading.gazetteer import Entry, Hit, by_family_name, fold
from communique.reading.names import Name
from communique.reading.phrases import Finder, Phrase, lexicon
from communique.reading.title_extents import grow_right, take_name
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
_LEFT_LIMIT = 14


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
    grow_right(f, phrase)
    if sort in ("office", "person", "plural"):
        take_name(f, phrase)
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
