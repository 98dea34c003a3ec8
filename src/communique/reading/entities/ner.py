"""Names that the lexicon does not know: persons and organisations, by the model's labels and by capitals."""

from __future__ import annotations

from dataclasses import dataclass

from communique.lexicon import listed, load
from communique.lexicon.officeholders import by_family_name, fold, slug
from communique.model import ActorKind
from communique.reading.entities.gazetteer import Entry, Hit, Table, pattern_of
from communique.reading.tokens import Words


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``[start, end)`` that name a person or, where ``personal`` is False, an organisation."""

    start: int
    end: int
    personal: bool


def introduced(words: Words, hits: list[Hit]) -> Table | None:
    """Return the names that the report itself introduces: "(GCC)" after a name, "the daily Hurriyet"."""
    extra: Table = {}
    text, n = words.text, words.n
    ends = {hit.end: hit for hit in hits}
    for i, token in enumerate(text):
        if token == "(" and i + 2 < n and text[i + 2] == ")" and _is_code(text[i + 1]) and i:
            _introduce_code(words, i, ends, extra)
    _introduce_outlets(words, {k for hit in hits for k in range(hit.start, hit.end)}, extra)
    return extra or None


def _is_code(token: str) -> bool:
    return 2 <= len(token) <= 9 and token.isupper() and token[0].isalpha() or token in ("AfD", "SoS")


def _introduce_code(words: Words, i: int, ends: dict[int, Hit], extra: Table) -> None:
    code = words.text[i + 1]
    hit = ends.get(i)
    if hit is not None and hit.entry.sort in ("body-word", "organisation", "group", "outlet", "body", "state"):
        key, pattern = pattern_of((code,), hit.entry)
        extra.setdefault(key, []).append(pattern)
        return
    letters = [c for c in code.lower() if c.isalpha()]
    start = i
    while start > 0 and i - start < 12:
        word = words.text[start - 1]
        if not (word[0].isupper() or (words.lower[start - 1] in listed("names", "small") and start < i)):
            break
        start -= 1
    while start < i and not words.text[start][0].isupper():
        start += 1
    initials = [(words.lower[k][0], k) for k in range(start, i) if words.text[k][0].isupper()]
    for k in range(len(initials)):
        if len(initials) - k >= 2 and [c for c, _ in initials[k:]] == letters[: len(initials) - k]:
            first = initials[k][1]
            name = words.surface((first, i))
            last = words.lower[i - 1]
            if last in ("times", "post", "herald", "press"):
                return
            entry = Entry(f"org:{slug(name)}", name, ActorKind.ORGANISATION, "organisation")
            for tokens in (tuple(words.text[first:i]), (code,)):
                key, pattern = pattern_of(tokens, entry)
                extra.setdefault(key, []).append(pattern)
            return


def _introduce_outlets(words: Words, covered: set[int], extra: Table) -> None:
    """As in "The daily Hurriyet", "Tasnim news agency", "the Novosti newspaper"."""
    rows = load("outlets")["words"]
    before, after = set(rows["before"]), set(rows["after"])
    lower, text, n = words.lower, words.text, words.n
    for i, word in enumerate(lower):
        if word not in before and text[i] not in after:
            continue
        if word in before and i + 1 < n and words.pos[i + 1] == "PROPN" and text[i][0].islower():
            end = i + 1
            while end < n and words.pos[end] == "PROPN" and end not in covered and end < i + 5:
                end += 1
            if (
                end > i + 1
                and (words.entity[i + 1] != "PERSON" or word in ("daily", "newspaper", "weekly", "magazine"))
                and words.lower[i - 1 if i else 0]
                in (
                    "the",
                    "a",
                    "state",
                    "official",
                    "news",
                    "business",
                    "local",
                    "german",
                    "russian",
                    "turkish",
                    "italian",
                    "french",
                    "spanish",
                    "run",
                    "owned",
                    "backed",
                    "leading",
                    "'s",
                    "newspaper",
                    "national",
                    "government",
                )
            ):
                _add_outlet(words, i + 1, end, extra)
            continue
        if text[i] in after and i and words.pos[i - 1] == "PROPN" and i not in covered:
            start = i
            if lower[start - 1] == "news" and start > 1:
                start -= 1
            while (
                start > 0
                and text[start - 1][0].isupper()
                and words.pos[start - 1] == "PROPN"
                and i - start < 5
                and (start - 1 not in covered)
            ):
                start -= 1
            if start > 1 and text[start - 1] == "-" and text[start - 2][0].isupper() and start - 2 not in covered:
                start -= 2
            capital = text[i][0].isupper()
            end = i + 1 if capital else (i - 1 if lower[i - 1] == "news" else i)
            if word == "agency" and lower[i - 1] != "news":
                continue
            if word in ("post", "times", "daily", "weekly", "journal", "channel", "paper") and not capital:
                continue
            if end - start > (1 if capital else 0):
                _add_outlet(words, start, end, extra)


def _add_outlet(words: Words, start: int, end: int, extra: Table) -> None:
    name = words.surface((start, end))
    if not name or not name[0].isupper():
        return
    entry = Entry(f"outlet:{slug(name)}", name, ActorKind.OUTLET, "outlet")
    key, pattern = pattern_of(tuple(words.text[start:end]), entry)
    extra.setdefault(key, []).append(pattern)


def find_names(words: Words, hit_at: dict[int, Hit], title_words: frozenset[str]) -> dict[int, Name]:
    """Return the persons and organisations that the model labels and no lexicon name covers, by first token."""
    found: dict[int, Name] = {}
    n = words.n
    i = 0
    while i < n:
        label = words.entity[i]
        if not label:
            i += 1
            continue
        end = i + 1
        while end < n and words.entity[end] == label and not words.entity_start[end]:
            end += 1
        if label == "PERSON":
            _add_person(words, i, end, hit_at, title_words, found)
        elif label == "ORG":
            _add_organisation(words, i, end, hit_at, title_words, found)
        i = end
    return found


def _add_person(
    words: Words, start: int, end: int, hit_at: dict[int, Hit], titles: frozenset[str], found: dict[int, Name]
) -> None:
    while start < end and (
        words.lower[start] in titles
        or words.lower[start] in listed("names", "days")
        or not words.text[start][0].isalpha()
        or (start in hit_at and hit_at[start].entry.sort in ("people", "body-word", "seat", "organisation", "outlet"))
    ):
        start += 1
    stop = start
    while (
        stop < end
        and (words.text[stop][0].isupper() or words.lower[stop] in listed("names", "particles"))
        and words.pos[stop] != "SPACE"
    ):
        if words.lower[stop] in listed("names", "days") and stop > start and words.lower[stop] != "may":
            break
        stop += 1
    while stop > start and not words.text[stop - 1][0].isupper():
        stop -= 1
    if stop <= start:
        return
    start, stop = _whole_name(words, start, stop, hit_at, titles)
    inside = [hit_at[k] for k in range(start, stop) if k in hit_at]
    if inside and (stop - start == sum(1 for k in range(start, stop) if k in hit_at)):
        return
    if any(hit.entry.sort == "person" for hit in inside):
        return
    if inside and inside[0].entry.sort not in ("state", "city", "people"):
        return
    if stop - start == 1 and _looks_like_place(words, start):
        return
    for k in range(start, stop):
        hit_at.pop(k, None)
    found[start] = Name(start, stop, True)


def _looks_like_place(words: Words, i: int) -> bool:
    """A single name that the model calls a person, after "in" or "from", is a town more often than not."""
    if i == 0 or words.lower[i - 1] not in (
        "in",
        "from",
        "near",
        "at",
        "outside",
        "across",
        "into",
        "of",
        "towards",
        "and",
    ):
        return False
    return fold(words.text[i]) not in by_family_name() and (
        words.lower[i - 1] not in ("of", "and") or words.dep[i] not in ("nsubj", "nsubjpass") and _place_above(words, i)
    )


def _place_above(words: Words, i: int) -> bool:
    above = words.head[i]
    if words.dep[i] == "conj":
        return words.pos[above] == "PROPN" and words.entity[above] in ("GPE", "LOC")
    return words.lemma[words.head[above]] in (
        "resident",
        "city",
        "town",
        "village",
        "villager",
        "north",
        "south",
        "east",
        "west",
        "area",
        "region",
        "part",
        "mayor",
        "province",
        "port",
        "district",
        "outskirt",
        "capital",
        "people",
        "border",
        "island",
        "side",
    )


def _whole_name(words: Words, start: int, stop: int, hit_at: dict[int, Hit], titles: frozenset[str]) -> tuple[int, int]:
    """Take in what the model's label cut off: "Yang Geum" of "Yang Geum-deok", "Bihi Abdi" of "Muse Bihi Abdi"."""
    if (
        stop + 1 < words.n
        and stop - start > 1
        and words.lower[stop] == "-"
        and words.start[stop] == words.end[stop - 1]
        and words.start[stop + 1] == words.end[stop]
        and words.text[stop + 1].isalpha()
        and len(words.text[stop + 1]) < 8
        and words.lower[stop + 1] not in listed("names", "compounded")
    ):
        stop += 2
    while (
        start > 0
        and words.pos[start - 1] == "PROPN"
        and words.text[start - 1][0].isupper()
        and start - 1 not in hit_at
        and words.lower[start - 1] not in titles
        and words.lower[start - 1] not in listed("names", "days")
        and start <= words.head[start - 1] < stop
        and words.entity[start - 1] not in ("ORG", "GPE", "NORP")
        and words.sentence[start - 1] == words.sentence[start]
        and not words.text[start - 1].isupper()
        and not _is_head(words, start - 1)
    ):
        start -= 1
    return start, stop


def _is_head(words: Words, i: int) -> bool:
    rows = load("offices")["heads"]
    return words.lower[i] in rows["modifiers"] or words.lower[i] in rows["person"] or words.lower[i] in rows["plural"]


def _add_organisation(
    words: Words, start: int, end: int, hit_at: dict[int, Hit], titles: frozenset[str], found: dict[int, Name]
) -> None:
    while start < end and (words.lower[start] in ("the", "a", "an") or not words.text[start][0].isalnum()):
        start += 1
    while end > start and (words.lower[end - 1] in ("'s", "'") or not words.text[end - 1][0].isalnum()):
        end -= 1
    if end - start == 1 and words.lower[start] in listed("names", "organised"):
        return
    if start >= end or any(words.pos[k] == "SPACE" for k in range(start, end)):
        return
    inside = [hit_at[k] for k in range(start, end) if k in hit_at]
    if any(h.entry.sort not in ("state", "city", "people", "territory") for h in inside):
        return
    if any(words.lower[k] == "'s" for k in range(start, end)) or words.lower[end - 1] in titles:
        return
    last = words.lower[end - 1]
    whole = last in listed("names", "organised") and end - start > 1
    if inside and (len({id(h) for h in inside}) and all(k in hit_at for k in range(start, end)) or not whole):
        return
    if whole or _acts(words, start, end):
        if (
            inside
            and inside[0].entry.sort == "people"
            and inside[0].start == start
            and last
            in (
                "government",
                "side",
                "army",
                "ministry",
            )
        ):
            return
        for k in range(start, end):
            hit_at.pop(k, None)
        found[start] = Name(start, end, not whole and _speaks_by_full_name(words, start, end))


def _speaks_by_full_name(words: Words, start: int, end: int) -> bool:
    """As in "Suren Papikyan said": names that the model does not know, it often takes for organisations'."""
    own = range(start, end)
    plain = all(words.tag[k] == "NNP" and words.text[k].istitle() and len(words.text[k]) > 2 for k in own)
    organised = any(words.lower[k] in listed("names", each) for k in own for each in ("organised", "corporate"))
    bare = start == 0 or words.lower[start - 1] not in ("the", "a", "an", "at", "for", "of")
    above = words.head[end - 1]
    speaks = words.dep[end - 1] == "nsubj" and words.lemma[above] in ("say", "tell", "add", "promise", "warn", "repeat")
    return 2 <= len(own) <= 3 and plain and not organised and bare and speaks


def _acts(words: Words, start: int, end: int) -> bool:
    """Whether a name stands where somebody speaks or acts."""
    if not any(words.text[k][0].isupper() for k in range(start, end)):
        return False
    for i in range(end - 1, start - 1, -1):
        if not start <= words.head[i] < end:
            dep, above = words.dep[i], words.head[i]
            return (
                dep in ("nsubj", "nsubjpass")
                and words.pos[above] in ("VERB", "AUX")
                or (
                    dep == "pobj"
                    and (words.dep[above] == "agent" or (above > 0 and words.lower[above - 1] == "according"))
                )
            )
    return False


def name_at(words: Words, i: int, hit_at: dict[int, Hit], names: dict[int, Name], limit: int) -> int:
    """Return the end of a personal name that starts at token i, or i where none does."""
    if i >= limit:
        return i
    name = names.get(i)
    if name is not None:
        return name.end if name.personal or words.lower[name.end - 1] not in listed("names", "organised") else i
    hit = hit_at.get(i)
    if hit is not None and hit.start == i:
        return hit.end if hit.entry.sort == "person" else i
    end = i
    while end < limit and end < i + 6 and end not in hit_at and end not in names:
        word = words.text[end]
        if word[0].isupper() and word[0].isalpha() and words.pos[end] in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV"):
            if words.lower[end] in listed("names", "days") and words.lower[end] not in (
                "may",
                "june",
                "april",
                "august",
            ):
                break
            if end == i and words.pos[end] not in ("PROPN", "NOUN", "X", "ADJ"):
                break
            end += 1
        elif (
            end > i
            and words.lower[end] in listed("names", "particles")
            and end + 1 < limit
            and words.text[end + 1][0].isalpha()
        ):
            end += 1
        else:
            break
    while end > i and not words.text[end - 1][0].isupper():
        end -= 1
    if end < limit and end in names and end > i and (names[end].personal or names[end].end == end + 1):
        end = names[end].end
    return end
