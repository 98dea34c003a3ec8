"""Names that the lexicon does not know: persons and organisations, by the model's labels and by capitals."""

from __future__ import annotations

from dataclasses import dataclass

from communique.lexicon import listed, load
from communique.lexicon.cues import cues
from communique.lexicon.officeholders import by_family_name, fold, slug
from communique.model import ActorKind
from communique.reading.entities.gazetteer import GazetteerEntry, GazetteerMatch, Table, pattern_of
from communique.reading.entities.namesakes import first_name, given_name_end, other_bearer, past_nickname
from communique.reading.grammar.labels import ACTIVE_SUBJECT, PASSIVE_SUBJECT
from communique.reading.grammar.possessives import is_possessive_mark, is_possessive_s, makes_owner
from communique.reading.grammar.subjects import active_subject, is_active_subject, is_nominal_subject
from communique.reading.tokens import Tokens

_PARTS_OF_PLACES = listed("entities", "parts_of_places")
_NEAR_PLACES = listed("entities", "near_places")
_NAME_LINKS = listed("entities", "name_links")
_SPEAKING = listed("entities", "speaking")
_PAPER_NAMES = listed("entities", "paper_names")
_ARTICLES = listed("closed_classes", "articles")
_ARMS_OF_STATE = listed("entities", "arms_of_state")
_OUTLET_MODIFIERS = listed("entities", "outlet_modifiers")
_OUTLET_NOUNS = listed("entities", "outlet_nouns")
_PORTFOLIOS = listed("entities", "portfolios")
_WITH_PORTFOLIO = listed("entities", "with_portfolio")
_MONTH_NAMES = listed("entities", "month_names")
_PERIODICALS = listed("entities", "periodicals")

_NO_PERSONS_LABELS = ("", "WORK_OF_ART", "PRODUCT", "LAW", "EVENT")
"""Labels that the model gives to names which it does not know for persons'."""

_STAFF = listed("entities", "staff")
_SHORTEST_ALONE = 4
_SHORTEST_NAME, _LONGEST_NAME = 2, 5  # words of a delegate's name

_LONGEST_CODE_WORD = 9
"""Letters of an abbreviation."""
_SPELT_OUT = 12
"""Words before an abbreviation in brackets that it may stand for."""
_NAME_AFTER_NOUN = 5
"""Words after an office within which the name ends."""
_NAME_BEFORE = 5
"""Words of a name before its surname."""
_NAME_PART = 8
"""Letters of what a hyphen joins to a name, from which on it is a word."""
_CAPITALISED = 6
"""Words in capitals that are one name."""


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens ``[start, end)`` that name a person or, where ``personal`` is False, an organisation."""

    start: int
    end: int
    personal: bool


def introduced(tokens: Tokens, matches: list[GazetteerMatch]) -> Table | None:
    """Return the names that the report itself introduces: "(GCC)" after a name, "the daily Hurriyet"."""
    extra: Table = {}
    text, n = tokens.text, tokens.n
    ends = {match.end: match for match in matches}
    for i, token in enumerate(text):
        if token == "(" and i + 2 < n and text[i + 2] == ")" and _is_code(text[i + 1]) and i:
            _introduce_code(tokens, i, ends, extra)
    _introduce_outlets(tokens, {k for match in matches for k in range(match.start, match.end)}, extra)
    return extra or None


def _is_code(token: str) -> bool:
    return 2 <= len(token) <= _LONGEST_CODE_WORD and token.isupper() and token[0].isalpha() or token in ("AfD", "SoS")


def _introduce_code(tokens: Tokens, i: int, ends: dict[int, GazetteerMatch], extra: Table) -> None:
    code = tokens.text[i + 1]
    match = ends.get(i)
    if match is not None and match.entry.sort in ("body-word", "organisation", "group", "outlet", "body", "state"):
        key, pattern = pattern_of((code,), match.entry)
        extra.setdefault(key, []).append(pattern)
        return
    letters = [c for c in code.lower() if c.isalpha()]
    start = i
    while start > 0 and i - start < _SPELT_OUT:
        word = tokens.text[start - 1]
        if not (word[0].isupper() or (tokens.lower[start - 1] in listed("parts_of_names", "small") and start < i)):
            break
        start -= 1
    while start < i and not tokens.text[start][0].isupper():
        start += 1
    initials = [(tokens.lower[k][0], k) for k in range(start, i) if tokens.text[k][0].isupper()]
    for k in range(len(initials)):
        if len(initials) - k >= 2 and [c for c, _ in initials[k:]] == letters[: len(initials) - k]:
            first = initials[k][1]
            name = tokens.surface((first, i))
            last = tokens.lower[i - 1]
            if last in _PAPER_NAMES:
                return
            entry = GazetteerEntry(f"org:{slug(name)}", name, ActorKind.ORGANISATION, "organisation")
            for places in (tuple(tokens.text[first:i]), (code,)):
                key, pattern = pattern_of(places, entry)
                extra.setdefault(key, []).append(pattern)
            return


def _introduce_outlets(tokens: Tokens, covered: set[int], extra: Table) -> None:
    """As in "The daily Hurriyet", "Tasnim news agency", "the Novosti newspaper"."""
    rows = load("outlets")["words"]
    before, after = set(rows["before"]), set(rows["after"])
    lower, text, n = tokens.lower, tokens.text, tokens.n
    for i, word in enumerate(lower):
        if word in before and i + 1 < n and tokens.pos[i + 1] == "PROPN" and text[i][0].islower():
            end = i + 1
            while end < n and tokens.pos[end] == "PROPN" and end not in covered and end < i + _NAME_AFTER_NOUN:
                end += 1
            if (
                end > i + 1
                and (tokens.entity[i + 1] != "PERSON" or word in _PERIODICALS)
                and tokens.lower[i - 1 if i else 0] in _OUTLET_MODIFIERS
            ):
                _add_outlet(tokens, i + 1, end, extra)
            continue
        if text[i] in after and i and tokens.pos[i - 1] == "PROPN" and i not in covered:
            _introduce_by_noun(tokens, i, covered, extra)


def _introduce_by_noun(tokens: Tokens, i: int, covered: set[int], extra: Table) -> None:
    """Add the outlet whose name ends at, or before, the noun at token i: "Tasnim news agency"."""
    lower, text = tokens.lower, tokens.text
    word = lower[i]
    start = i
    if lower[start - 1] == "news" and start > 1:
        start -= 1
    while (
        start > 0
        and text[start - 1][0].isupper()
        and tokens.pos[start - 1] == "PROPN"
        and i - start < _NAME_BEFORE
        and (start - 1 not in covered)
    ):
        start -= 1
    if start > 1 and text[start - 1] == "-" and text[start - 2][0].isupper() and start - 2 not in covered:
        start -= 2
    capital = text[i][0].isupper()
    end = i + 1 if capital else (i - 1 if lower[i - 1] == "news" else i)
    if word == "agency" and lower[i - 1] != "news":
        return
    if word in _OUTLET_NOUNS and not capital:
        return
    if end - start > (1 if capital else 0):
        _add_outlet(tokens, start, end, extra)


def _add_outlet(tokens: Tokens, start: int, end: int, extra: Table) -> None:
    name = tokens.surface((start, end))
    if not name or not name[0].isupper():
        return
    entry = GazetteerEntry(f"outlet:{slug(name)}", name, ActorKind.OUTLET, "outlet")
    key, pattern = pattern_of(tokens.text[start:end], entry)
    extra.setdefault(key, []).append(pattern)


def find_names(tokens: Tokens, match_at: dict[int, GazetteerMatch], title_words: frozenset[str]) -> dict[int, Name]:
    """Return the persons and organisations that the model labels and no lexicon name covers, by first token."""
    found: dict[int, Name] = {}
    n = tokens.n
    i = 0
    while i < n:
        label = tokens.entity[i]
        if not label:
            i += 1
            continue
        end = i + 1
        while end < n and tokens.entity[end] == label and not tokens.entity_start[end]:
            end += 1
        if label == "PERSON":
            _add_person(tokens, i, end, match_at, title_words, found)
        elif label == "ORG":
            _add_organisation(tokens, i, end, match_at, title_words, found)
        i = end
    _add_given_names(tokens, match_at, found)
    _add_lone_speakers(tokens, match_at, found)
    _add_delegates(tokens, match_at, found)
    return found


def _add_lone_speakers(tokens: Tokens, match_at: dict[int, GazetteerMatch], found: dict[int, Name]) -> None:
    """Add the one-word names that the model takes for a people's, or for nothing, and that speak as one.

    As in "Pashinian denied it". What has no label is a person's name where the report speaks of his office or aides.
    """
    taken = {k for name in found.values() for k in range(name.start, name.end)}
    staffed = _staffed(tokens)
    for i, word in enumerate(tokens.text):
        if i in match_at or i in taken or not word.istitle() or len(word) < _SHORTEST_ALONE:
            continue
        if _may_stand_alone(tokens, i, staffed):
            found[i] = Name(i, i + 1, True)
    _add_full_names(tokens, match_at, found)
    alone = staffed & {tokens.text[i] for i, name in found.items() if name.personal and name.end == i + 1}
    for i, word in enumerate(tokens.text if alone else ()):
        if word in alone and i not in match_at and i not in taken and i not in found:
            found[i] = Name(i, i + 1, True)


def _may_stand_alone(tokens: Tokens, i: int, staffed: frozenset[str]) -> bool:
    """Whether a word that speaks may be a person's one name."""
    if tokens.tag[i] not in ("NNP", "NNS") or tokens.left[i] != i or tokens.entity[i] not in ("NORP", ""):
        return False
    if not is_active_subject(tokens, i) or tokens.lemma[tokens.head[i]] not in cues().verbs:
        return False
    if tokens.tag[i] != "NNS" and tokens.entity[i]:
        return True
    word = tokens.text[i]
    return word in staffed or fold(word) in by_family_name() or _is_described(tokens, i)


def _add_full_names(tokens: Tokens, match_at: dict[int, GazetteerMatch], found: dict[int, Name]) -> None:
    """Add those whom the model gives no label and who speak under two or three names: "Célestin Mbuyi told them"."""
    taken = {k for name in found.values() for k in range(name.start, name.end)}
    for i in range(1, tokens.n):
        if not is_active_subject(tokens, i) or not _may_be_name(tokens, i) or i in match_at or i in taken:
            continue
        start = i
        while start > 0 and _may_be_name(tokens, start - 1) and start - 1 not in taken:
            start -= 1
        own = range(start, i + 1)
        if any(
            k in match_at or _is_head(tokens, k) or tokens.lower[k] in listed("parts_of_names", "days") for k in own
        ):
            continue
        # The mark that closes a quotation before a name hangs on it now and then.
        first = next((k for k in range(tokens.left[i], i) if tokens.pos[k] != "PUNCT"), i)
        if first == start and _speaks_by_full_name(tokens, start, i + 1):
            found[start] = Name(start, i + 1, True)


def _may_be_name(tokens: Tokens, i: int) -> bool:
    if tokens.tag[i] != "NNP":
        return False
    return tokens.entity[i] in _NO_PERSONS_LABELS or _is_described(
        tokens, i if is_active_subject(tokens, i) else tokens.head[i]
    )


def _is_described(tokens: Tokens, i: int) -> bool:
    """As in "Rostampour, the deputy minister, told", "Wolde, who heads the office, said": so one tells of people."""
    if tokens.lower[i + 1 : i + 2] != [","]:
        return False
    for child in tokens.children[i]:
        if tokens.dep[child] == "relcl" and (subject := active_subject(tokens, child)) is not None:
            if tokens.lower[subject] == "who":
                return True
        elif tokens.dep[child] == "appos" and child > i and tokens.lower[child] in load("offices")["heads"]["office"]:
            return True
    return False


def _staffed(tokens: Tokens) -> frozenset[str]:
    """Return the single names of those who have an office, a spokesman or aides: "Pashinian's office"."""
    return frozenset(
        tokens.text[i - 2]
        for i in range(2, tokens.n)
        if tokens.lower[i] in _STAFF and makes_owner(tokens, i - 1) and tokens.tag[i - 2] == "NNP"
        if tokens.text[i - 2].istitle() and (i < 3 or tokens.pos[i - 3] != "PROPN")
    )


def _add_delegates(tokens: Tokens, match_at: dict[int, GazetteerMatch], found: dict[int, Name]) -> None:
    """Add the names in capitals by which a summary record tells delegates: "PAULO DIAS (Brazil) said"."""
    for first, last in tokens.sentences:
        start = next((i for i in range(first, last) if tokens.pos[i] != "SPACE"), last)
        end = start
        while end < last and tokens.text[end].isupper() and tokens.text[end][0].isalpha() and end not in match_at:
            end += 1
        state = match_at.get(end + 1)
        named = _SHORTEST_NAME <= end - start <= _LONGEST_NAME and state is not None and state.entry.sort == "state"
        if named and state is not None and tokens.text[end] == "(" and tokens.text[state.end : state.end + 1] == [")"]:
            for taken in [k for k, name in found.items() if start <= k < end]:
                del found[taken]
            found[start] = Name(start, end, True)


def _add_given_names(tokens: Tokens, match_at: dict[int, GazetteerMatch], found: dict[int, Name]) -> None:
    """Add the persons whose first name is a state's, which the model labels as places: "Israel Adesanya"."""
    given = listed("parts_of_names", "given_names_of_states")
    taken = {k for name in found.values() for k in range(name.start, name.end)}
    for i, low in enumerate(tokens.lower):
        if low in given and i not in match_at and i not in taken and tokens.text[i][0].isupper():
            end = given_name_end(tokens, i, {*match_at, *taken})
            if end > i + 1:
                found[i] = Name(i, end, True)


def _bare_name(
    tokens: Tokens, start: int, end: int, match_at: dict[int, GazetteerMatch], titles: frozenset[str]
) -> tuple[int, int]:
    """Return the name inside a run that the parser takes for a person, without titles, days and offices."""
    while start < end and (
        tokens.lower[start] in titles
        or tokens.lower[start] in listed("parts_of_names", "days")
        or not tokens.text[start][0].isalpha()
        or (
            start in match_at
            and match_at[start].entry.sort in ("people", "body-word", "seat", "organisation", "outlet")
            and not first_name(tokens, start, end, match_at[start])
        )
    ):
        start += 1
    stop = start
    while (
        stop < end
        and (tokens.text[stop][0].isupper() or tokens.lower[stop] in listed("parts_of_names", "particles"))
        and tokens.pos[stop] != "SPACE"
    ):
        if tokens.lower[stop] in listed("parts_of_names", "days") and stop > start and tokens.lower[stop] != "may":
            break
        stop += 1
    while stop > start and not tokens.text[stop - 1][0].isupper():
        stop -= 1
    return start, stop


def _add_person(
    tokens: Tokens,
    start: int,
    end: int,
    match_at: dict[int, GazetteerMatch],
    titles: frozenset[str],
    found: dict[int, Name],
) -> None:
    bearer = _past_portfolio(tokens, start, end)
    start, stop = _bare_name(tokens, start if bearer is None else bearer, end, match_at, titles)
    if stop <= start:
        return
    start, stop = _whole_name(tokens, start, stop, match_at, titles)
    stop = past_nickname(tokens, stop)
    if start in match_at and first_name(tokens, start, stop, match_at[start]):
        match_at.pop(start)
    for k in range(start, stop):
        if k in match_at and other_bearer(tokens, start, stop, match_at[k]):
            match_at.pop(k)
    inside = [match_at[k] for k in range(start, stop) if k in match_at]
    if inside and (stop - start == sum(1 for k in range(start, stop) if k in match_at)):
        return
    if any(match.entry.sort == "person" for match in inside):
        return
    if inside and inside[0].entry.sort not in ("state", "city", "people"):
        return
    if stop - start == 1 and _looks_like_place(tokens, start):
        return
    if start and stop < tokens.n and tokens.lower[start - 1] == "in" and tokens.text[stop] == ",":
        return  # "In Kota Kinabalu, ..."
    for k in range(start, stop):
        match_at.pop(k, None)
    found[start] = Name(start, stop, True)


def _looks_like_place(tokens: Tokens, i: int) -> bool:
    """A single name that the model calls a person, after "in" or "from", is a town more often than not."""
    if i == 0 or tokens.lower[i - 1] not in _NEAR_PLACES:
        return False
    return fold(tokens.text[i]) not in by_family_name() and (
        tokens.lower[i - 1] not in ("of", "and") or not is_nominal_subject(tokens, i) and _place_above(tokens, i)
    )


def _place_above(tokens: Tokens, i: int) -> bool:
    above = tokens.head[i]
    if tokens.dep[i] == "conj":
        return tokens.pos[above] == "PROPN" and tokens.entity[above] in ("GPE", "LOC")
    return tokens.lemma[tokens.head[above]] in _PARTS_OF_PLACES


def _whole_name(
    tokens: Tokens, start: int, stop: int, match_at: dict[int, GazetteerMatch], titles: frozenset[str]
) -> tuple[int, int]:
    """Take in what the model's label cut off: "Yang Geum" of "Yang Geum-deok", "Bihi Abdi" of "Muse Bihi Abdi"."""
    if (
        stop + 1 < tokens.n
        and stop - start > 1
        and tokens.lower[stop] == "-"
        and tokens.start[stop] == tokens.end[stop - 1]
        and tokens.start[stop + 1] == tokens.end[stop]
        and tokens.text[stop + 1].isalpha()
        and len(tokens.text[stop + 1]) < _NAME_PART
        and tokens.lower[stop + 1] not in listed("parts_of_names", "compounded")
    ):
        stop += 2
    while (
        start > 0
        and tokens.pos[start - 1] == "PROPN"
        and tokens.text[start - 1][0].isupper()
        and start - 1 not in match_at
        and tokens.lower[start - 1] not in titles
        and tokens.lower[start - 1] not in listed("parts_of_names", "days")
        and start <= tokens.head[start - 1] < stop
        and (tokens.entity[start - 1] not in ("ORG", "GPE", "NORP") or _after_courtesy(tokens, start - 1))
        and tokens.sentence[start - 1] == tokens.sentence[start]
        and not tokens.text[start - 1].isupper()
        and not _is_head(tokens, start - 1)
    ):
        start -= 1
    return start, _grown_right(tokens, stop, match_at, titles)


def _after_courtesy(tokens: Tokens, i: int) -> bool:
    """As in "H.E. Ousseynou Lo", of which the model takes the first two words for an organisation."""
    return i > 0 and tokens.lower[i - 1] in load("offices")["heads"]["courtesy"] and tokens.text[i].istitle()


def _grown_right(tokens: Tokens, stop: int, match_at: dict[int, GazetteerMatch], titles: frozenset[str]) -> int:
    """Take in the family name that the model left without a label: "Yoko Tanabe:"."""
    while (
        stop < tokens.n
        and tokens.tag[stop] == "NNP"
        and tokens.text[stop].istitle()
        and not tokens.entity[stop]
        and tokens.head[stop - 1] == stop
        and stop not in match_at
        and tokens.lower[stop] not in titles
        and tokens.lower[stop] not in listed("parts_of_names", "days")
        and tokens.lower[stop] not in listed("parts_of_names", "organised")
        and not _is_head(tokens, stop)
    ):
        stop += 1
    return stop


def _is_head(tokens: Tokens, i: int) -> bool:
    rows = load("offices")["heads"]
    return (
        tokens.lower[i] in rows["modifiers"] or tokens.lower[i] in rows["person"] or tokens.lower[i] in rows["plural"]
    )


def _add_organisation(
    tokens: Tokens,
    start: int,
    end: int,
    match_at: dict[int, GazetteerMatch],
    titles: frozenset[str],
    found: dict[int, Name],
) -> None:
    start, end = _trimmed(tokens, start, end)
    bearer = _past_portfolio(tokens, start, end)
    if bearer is not None:
        found[bearer] = Name(bearer, end, True)
        return
    if not _may_name_organisation(tokens, start, end, titles):
        return
    whole = end - start > 1 and tokens.lower[end - 1] in listed("parts_of_names", "organised")
    if _told_by_lexicon(tokens, start, end, match_at, whole) or not (whole or _acts(tokens, start, end)):
        return
    for k in range(start, end):
        match_at.pop(k, None)
    found[start] = Name(start, end, not whole and _speaks_by_full_name(tokens, start, end))


def _past_portfolio(tokens: Tokens, start: int, end: int) -> int | None:
    """As in "Minister of Energy Ann Lee", labelled as one name: where the minister's own begins."""
    if start < 2 or tokens.lower[start - 1] not in ("of", "for") or tokens.lower[start - 2] not in _WITH_PORTFOLIO:
        return None
    first = start
    while first < end and (tokens.lower[first] in _PORTFOLIOS or first > start and tokens.lower[first] == "and"):
        first += 1
    own = range(first, end)
    plain = all(tokens.text[k].istitle() and tokens.lower[k] not in listed("parts_of_names", "organised") for k in own)
    return first if first > start and 2 <= len(own) <= 4 and plain else None


def _trimmed(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Return a range without the article before it, and the marks and genitive around it."""
    while start < end and (tokens.lower[start] in _ARTICLES or not tokens.text[start][0].isalnum()):
        start += 1
    while end > start and (is_possessive_mark(tokens, end - 1) or not tokens.text[end - 1][0].isalnum()):
        end -= 1
    return start, end


def _may_name_organisation(tokens: Tokens, start: int, end: int, titles: frozenset[str]) -> bool:
    """Whether words can be one organisation's name: no "ministry" alone, no two names that a genitive joins."""
    if start >= end or end - start == 1 and tokens.lower[start] in listed("parts_of_names", "organised"):
        return False
    if any(tokens.pos[k] == "SPACE" or is_possessive_s(tokens, k) for k in range(start, end)):
        return False
    return tokens.lower[end - 1] not in titles


def _told_by_lexicon(tokens: Tokens, start: int, end: int, match_at: dict[int, GazetteerMatch], whole: bool) -> bool:
    """Whether the lexicon's names among the words say who it is: "the Russian army" is no name of its own."""
    inside = [match_at[k] for k in range(start, end) if k in match_at]
    if not inside:
        return False
    if any(match.entry.sort not in ("state", "city", "people", "territory") for match in inside):
        return True
    if not whole or all(k in match_at for k in range(start, end)):
        return True
    first = inside[0]
    return first.entry.sort == "people" and first.start == start and tokens.lower[end - 1] in _ARMS_OF_STATE


def _speaks_by_full_name(tokens: Tokens, start: int, end: int) -> bool:
    """As in "Suren Papikyan said": names that the model does not know, it often takes for organisations'."""
    own = range(start, end)
    plain = all(tokens.tag[k] == "NNP" and tokens.text[k].istitle() and len(tokens.text[k]) > 2 for k in own)
    organised = any(
        tokens.lower[k] in listed("parts_of_names", each) for k in own for each in ("organised", "corporate")
    )
    bare = start == 0 or tokens.lower[start - 1] not in _NAME_LINKS
    above = tokens.head[end - 1]
    speaks = is_active_subject(tokens, end - 1) and tokens.lemma[above] in _SPEAKING
    return 2 <= len(own) <= 3 and plain and not organised and bare and speaks


def _acts(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a name stands where somebody speaks or acts."""
    if not any(tokens.text[k][0].isupper() for k in range(start, end)):
        return False
    for i in range(end - 1, start - 1, -1):
        if not start <= tokens.head[i] < end:
            dep, above = tokens.dep[i], tokens.head[i]
            return (
                dep in (ACTIVE_SUBJECT, PASSIVE_SUBJECT)
                and tokens.pos[above] in ("VERB", "AUX")
                or (
                    dep == "pobj"
                    and (tokens.dep[above] == "agent" or (above > 0 and tokens.lower[above - 1] == "according"))
                )
            )
    return False


def name_at(tokens: Tokens, i: int, match_at: dict[int, GazetteerMatch], names: dict[int, Name], limit: int) -> int:
    """Return the end of a personal name that starts at token i, or i where none does."""
    if i >= limit:
        return i
    name = names.get(i)
    if name is not None:
        return (
            name.end if name.personal or tokens.lower[name.end - 1] not in listed("parts_of_names", "organised") else i
        )
    match = match_at.get(i)
    if match is not None and match.start == i:
        return match.end if match.entry.sort == "person" else i
    end = _run_of_capitals(tokens, i, match_at, names, limit)
    while end > i and not tokens.text[end - 1][0].isupper():
        end -= 1
    if end < limit and end in names and end > i and (names[end].personal or names[end].end == end + 1):
        end = names[end].end
    return end


def _run_of_capitals(
    tokens: Tokens, i: int, match_at: dict[int, GazetteerMatch], names: dict[int, Name], limit: int
) -> int:
    """Return the end of the capitalised words, and particles between them, that start at token i."""
    end = i
    while end < limit and end < i + _CAPITALISED and end not in match_at and end not in names:
        word = tokens.text[end]
        if word[0].isupper() and word[0].isalpha() and tokens.pos[end] in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV"):
            if tokens.lower[end] in listed("parts_of_names", "days") and tokens.lower[end] not in _MONTH_NAMES:
                break
            if end == i and tokens.pos[end] not in ("PROPN", "NOUN", "X", "ADJ"):
                break
            end += 1
        elif (
            end > i
            and tokens.lower[end] in listed("parts_of_names", "particles")
            and end + 1 < limit
            and tokens.text[end + 1][0].isalpha()
        ):
            end += 1
        else:
            break
    return end
