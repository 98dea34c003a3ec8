"""Grow a title's phrase to the right: over "of" and "for", over a portfolio, and over the bearer's name."""

from __future__ import annotations

from communique.reading.entities.gazetteer import Hit
from communique.reading.entities.ner import name_at
from communique.reading.entities.noun_phrases import Finder, Phrase, lexicon
from communique.reading.tokens import Words

_NAMED = {"PERSON", "ORG", ""}
_AT_HOME = {"minister", "president", "premier", "chancellor"}
_RIGHT = {"of", "for", "in", "from", "at", "to"}


def grow_right(f: Finder, p: Phrase) -> None:
    """Grow a phrase over what follows its head noun, the bearer's name excepted."""
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
    if _head_of_state(words, p, i, limit):
        return
    k = i + 1
    while (
        k < limit
        and k not in f.hit_at
        and k < i + 4
        and (words.lower[k] in ("the", "both", "its") or words.pos[k] == "ADJ" and k not in f.hit_at)
    ):
        k += 1
    if k >= limit:
        return
    _grow_over(f, p, i, k, limit)


def _grow_over(f: Finder, p: Phrase, i: int, k: int, limit: int) -> None:
    """Grow over the link at i and what stands at k: a body, a name, a portfolio."""
    words, link = f.words, f.words.lower[i]
    inner, hit, name = f.phrase_at.get(k), f.hit_at.get(k), f.name_end.get(k)
    if link == "to":
        _grow_to(words, p, hit)
        return
    if (
        link in ("in", "at")
        and hit is None
        and words.entity[k] in ("GPE", "LOC")
        and words.lower[k + 1 : k + 2] == [","]
    ):
        p.end = k + 1
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
        _grow_over_hit(f, p, hit, link, limit)
        return
    if name is not None and not name.personal and link in ("of", "for", "at", "with"):
        if p.org is None:
            p.org = name
        p.end = name.end
        return
    if link == "of" and p.sort == "office" and k not in f.hit_at and _grow_domain(words, p, i, limit):
        return
    if (
        link in ("of", "for")
        and p.sort == "office"
        and words.pos[k] in ("NOUN", "PROPN", "ADJ")
        and k == i + 1 + (words.lower[i + 1] == "the")
    ):
        _grow_portfolio(f, p, i, k, limit)


def _grow_over_hit(f: Finder, p: Phrase, hit: Hit, link: str, limit: int) -> None:
    """Grow over a name of the lexicon: "of Turkey", "in Japan", "of Kyrgyzstan's security service"."""
    words = f.words
    nxt = words.lower[hit.end] if hit.end < words.n else ""
    if nxt in ("'s", "'") or hit.entry.sort == "people" or _leads_on(words, hit.end, limit):
        _take_in(f, p, hit, link, limit)
        return
    if p.owners and link != "of" or p.body is not None and link in ("in", "at", "from"):
        return
    if link == "from" and p.sort == "office":
        return
    at_home = hit.entry.sort in ("city", "seat") and p.determiner == "the" and words.lower[p.head] in _AT_HOME
    if (
        (link == "at" or link == "in" and not at_home and not (hit.entry.sort == "state" and nxt in (",", ".")))
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


def _grow_to(words: Words, p: Phrase, hit: Hit | None) -> None:
    """As in "Ambassador to the United Nations": the place of work, not the country that sent him."""
    senders = ("ambassador", "envoy", "representative", "representatives", "ambassadors")
    if hit is None or hit.entry.sort not in ("state", "organisation", "city") or words.lower[p.head] not in senders:
        return
    p.end = hit.end
    if hit.entry.sort == "organisation":
        p.title = (p.title[0], p.end)


def _head_of_state(words: Words, p: Phrase, i: int, limit: int) -> bool:
    """As in "Head of government", "head of state"; "envoy of the Secretary-General": take the words into the title."""
    if words.lower[i] != "of":
        return False
    k = i + 1 + (words.lower[i + 1] == "the")
    if (
        words.lower[p.head] in ("head", "secretary", "minister")
        and k < limit
        and words.lower[k] in ("government", "state")
    ):
        p.end = k + 1
        p.end = _over_affairs(words, p.end, limit)
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


def _over_affairs(words: Words, i: int, limit: int) -> int:
    """The end of "for Foreign Affairs", "for Business and Trade" after "Secretary of State", else i."""
    if i + 1 >= limit or words.lower[i] != "for" or words.pos[i + 1] not in ("NOUN", "PROPN", "ADJ"):
        return i
    capital = words.text[i + 1][0].isupper()
    end = i + 1
    while end < limit and end < i + 8:
        step = 2 if end > i + 1 and words.lower[end] in ("and", "&") else 1
        k = end + step - 1
        if k >= limit or words.pos[k] not in ("NOUN", "PROPN", "ADJ") or words.text[k][0].isupper() != capital:
            break
        if step > 1 and not capital:
            break
        end = k + 1
    return end


def _grow_domain(words: Words, p: Phrase, i: int, limit: int) -> bool:
    """As in "the governor of Sakhalin, Ann Lee,", "President of the Commission, Ann Lee,": what is held, then who."""
    k = end = i + 1 + (words.lower[i + 1] == "the")
    while end < limit and end < k + 5 and words.pos[end] == "PROPN" and words.entity[end] != "PERSON":
        end += 1
    if end == k or end + 1 >= limit or words.text[end] != "," or not words.text[end + 1][0].isupper():
        return False
    close = end + 1
    while close < limit and close < end + 6 and words.pos[close] == "PROPN" and words.entity[close] in _NAMED:
        close += 1
    if close - end < 3 or close < limit and words.text[close] not in (",", ".", ";", ")"):
        return False
    if words.entity[k] not in ("GPE", "LOC"):
        p.title = (p.title[0], end)
    p.end = end
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
    """As in "Head of Kyrgyzstan's security service", "head of the U.N. nuclear watchdog": over the whole."""
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
    """As in "Minister of Foreign Affairs", "Secretary of State for Defence", "chief of staff"."""
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


def take_name(f: Finder, p: Phrase) -> None:
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
