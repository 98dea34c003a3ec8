"""Grow a title's phrase to the right: over "of" and "for", over a portfolio, and over the bearer's name."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.entities.gazetteer import GazetteerMatch
from communique.reading.entities.ner import name_at
from communique.reading.entities.noun_phrases import Finder, Phrase, lexicon
from communique.reading.grammar.possessives import is_possessive_mark
from communique.reading.tokens import Tokens

_MINISTRIES = listed("entities", "ministries")
_SENDERS = listed("entities", "senders")
_PORTFOLIO_HEADS = listed("entities", "portfolio_heads")
_AFTER_NOUNS = listed("entities", "after_nouns")
_OFFICE_PREPOSITIONS = listed("entities", "office_prepositions")
_TITLE_PREPOSITIONS = listed("entities", "title_prepositions")
_REPRESENTING = listed("entities", "representing")
_MINISTERS = listed("entities", "ministers")
_OF_BOTH = listed("entities", "of_both")
_POSTING_PREPOSITIONS = listed("entities", "posting_prepositions")
_CHARGE_PREPOSITIONS = listed("entities", "charge_prepositions")
_HEADED = listed("entities", "headed")
_SEAT_PREPOSITIONS = listed("entities", "seat_prepositions")
_HEADS_OF_STATE = listed("entities", "heads_of_state")
_PORTFOLIO_LINKS = listed("entities", "portfolio_links")

_NAMED = {"PERSON", "ORG", ""}
_NO_OWNERS = {"body-word", "government-word", "person"}
_NAME_CLOSERS = {",", ".", ")", ";", ":", "-", "–", "—", '"', "'"}
_AT_HOME = listed("entities", "at_home")
_RIGHT = listed("entities", "right_of_titles")

_LONGEST_AFFAIRS = 8
"""Words of a portfolio after "for"."""
_LONGEST_DOMAIN = 5
"""Words of what is held, and of what belongs to a body, in a title."""
_LONGEST_NAME = 6
"""Words of the bearer's name between commas, the comma among them."""
_LONGEST_PORTFOLIO = 7
"""Words of a portfolio after "of"."""


def grow_right(f: Finder, p: Phrase) -> None:
    """Grow a phrase over what follows its head noun, the bearer's name excepted."""
    tokens = f.tokens
    limit = tokens.sentences[tokens.sentence[p.head]][1]
    i = p.end
    if tokens.lower[i : i + 4] == ["-", "at", "-", "large"]:
        p.end = i = i + 4
        p.title = (p.title[0], p.end)
    elif i + 1 < limit and tokens.lower[i] == "-" and tokens.lower[i + 1] in _AFTER_NOUNS:
        p.end = i = i + 2
        p.title = (p.title[0], p.end)
    elif i < limit and tokens.lower[i] in _AFTER_NOUNS and p.sort == "office":
        p.end = i = i + 1
        p.title = (p.title[0], p.end)
    if p.sort == "body":
        i = _grow_over_fields(f, p, limit)
    if i + 1 >= limit or tokens.lower[i] not in _RIGHT:
        return
    if _head_of_state(tokens, p, i, limit):
        return
    k = i + 1
    while (
        k < limit
        and k not in f.match_at
        and k < i + 4
        and (tokens.lower[k] in _OF_BOTH or tokens.pos[k] == "ADJ" and k not in f.match_at)
    ):
        k += 1
    if k >= limit:
        return
    _grow_over(f, p, i, k, limit)


def _grow_over_fields(f: Finder, p: Phrase, limit: int) -> int:
    """Take in all fields of a ministry, "of Trade & Industry", "of Land, Water and Transport"; return its end."""
    tokens, i = f.tokens, p.end
    words = tokens.lower[p.start : i]
    bare = words[-1] in _MINISTRIES
    if not _MINISTRIES & {*words} or (tokens.lower[i : i + 1] != ["of"] if bare else "of" not in words):
        return i
    end, listed_to = _over_fields(f, i + bare, limit, bare)
    alone = bare and end > i + 1 and end < limit and tokens.lower[end] != "for" and tokens.pos[end] != "PROPN"
    if (listed_to or alone) and end < limit and not _opens_name(f, end):
        p.end = end
        p.title = (p.title[0], end)
    return p.end


def _over_fields(f: Finder, i: int, limit: int, bare: bool) -> tuple[int, bool]:
    """Return where the fields end that begin at a token, and whether they are a list that "and" closes."""
    tokens, start, closed = f.tokens, i, False
    while i < limit:
        if _is_field(f, i, limit) and (i > start or bare) and tokens.text[i - 1] != ",":
            i += 1
        elif tokens.lower[i] in ("and", "&") and _is_field(f, i + 1, limit):
            i, closed = i + 2, True
        elif tokens.text[i] == "," and _is_field(f, i + 1, limit):
            i += 2
        else:
            break
    return i, closed


def _is_field(f: Finder, k: int, limit: int) -> bool:
    if k >= limit or k in f.names or f.tokens.pos[k] != "PROPN" or not f.tokens.text[k][0].isupper():
        return False
    return k not in f.match_at or f.match_at[k].entry.sort in _NO_OWNERS


def _opens_name(f: Finder, i: int) -> bool:
    """Tell whether the token before i belongs to a name that goes on: then what "and" joins is somebody else."""
    return i in f.name_end and i - 1 in f.name_end


def _grow_over(f: Finder, p: Phrase, i: int, k: int, limit: int) -> None:
    """Grow over the link at i and what stands at k: a body, a name, a portfolio."""
    tokens, link = f.tokens, f.tokens.lower[i]
    inner, match, name = f.phrase_at.get(k), f.match_at.get(k), f.name_end.get(k)
    if link == "to":
        _grow_to(tokens, p, match)
    elif link in _POSTING_PREPOSITIONS and match is None and _place_before_comma(tokens, k):
        p.end = k + 1
    elif inner is not None and _is_body_from(inner, k) and link in _OFFICE_PREPOSITIONS:
        if p.body is None and not (p.owners and inner.owners):
            p.body = inner
            p.end = inner.end
    elif match is not None and match.start == k and match.entry.sort not in _NO_OWNERS:
        _grow_over_hit(f, p, match, link, limit)
    elif name is not None and not name.personal and link in _TITLE_PREPOSITIONS:
        if p.org is None:
            p.org = name
        p.end = name.end
    elif p.sort == "office" and link in _CHARGE_PREPOSITIONS:
        _grow_over_charge(f, p, i, k, limit)


def _place_before_comma(tokens: Tokens, k: int) -> bool:
    """As in "the official in Abyei, ...": a place that the lexicon does not know."""
    return tokens.entity[k] in ("GPE", "LOC") and tokens.lower[k + 1 : k + 2] == [","]


def _is_body_from(inner: Phrase, k: int) -> bool:
    return inner.sort in ("body", "government") and inner.start <= k


def _grow_over_charge(f: Finder, p: Phrase, i: int, k: int, limit: int) -> None:
    """Grow an office over what it is in charge of: the domain that its bearer's name follows, or a portfolio."""
    tokens = f.tokens
    if tokens.lower[i] == "of" and k not in f.match_at and _grow_domain(tokens, p, i, limit):
        return
    first = i + 1 + (tokens.lower[i + 1] == "the")  # k is past the adjectives: "minister for mineral resources"
    if tokens.pos[k] in ("NOUN", "PROPN", "ADJ") and all(tokens.pos[t] == "ADJ" for t in range(first, k)):
        _grow_portfolio(f, p, first, limit)


def _grow_over_hit(f: Finder, p: Phrase, match: GazetteerMatch, link: str, limit: int) -> None:
    """Grow over a name of the lexicon: "of Turkey", "in Japan", "of Kyrgyzstan's security service"."""
    tokens = f.tokens
    nxt = tokens.lower[match.end] if match.end < tokens.n else ""
    if is_possessive_mark(tokens, match.end) or match.entry.sort == "people" or _leads_on(tokens, match.end, limit):
        _take_in(f, p, match, link, limit)
        return
    if p.owners and link != "of" or p.body is not None and link in _SEAT_PREPOSITIONS:
        return
    if link == "from" and p.sort == "office":
        return
    at_home = match.entry.sort in ("city", "seat") and p.determiner == "the" and tokens.lower[p.head] in _AT_HOME
    if (
        (link == "at" or link == "in" and not at_home and not (match.entry.sort == "state" and nxt in (",", ".")))
        and p.sort == "office"
        and tokens.lower[p.head] not in _REPRESENTING
    ):
        return
    p.owners.append(match)
    p.place = link in _POSTING_PREPOSITIONS
    p.end = match.end
    if p.sort == "plural" and match.entry.sort == "state":
        _take_in_joined(f, p, match.end, limit)


def _take_in_joined(f: Finder, p: Phrase, i: int, limit: int) -> None:
    """As in "the presidents of Chad, Niger and Mali": all of a list of states that "and" closes; none without it."""
    found: list[GazetteerMatch] = []
    while i + 1 < limit and f.tokens.lower[i] in (",", "and", "&"):
        closing = f.tokens.lower[i] != ","
        # "Chad, Niger, and Mali"
        i += 2 if not closing and f.tokens.lower[i + 1] == "and" else 1
        closing = closing or f.tokens.lower[i - 1] == "and"
        named = f.match_at.get(i + (f.tokens.lower[i] == "the"))
        if named is None or named.entry.sort != "state":
            return
        found.append(named)
        i = named.end
        if closing:
            p.owners += found
            p.end = i
            return


def _grow_to(tokens: Tokens, p: Phrase, match: GazetteerMatch | None) -> None:
    """As in "Ambassador to the United Nations": the place of work, not the country that sent him."""
    if (
        match is None
        or match.entry.sort not in ("state", "organisation", "city")
        or tokens.lower[p.head] not in _SENDERS
    ):
        return
    p.end = match.end
    if match.entry.sort == "organisation":
        p.title = (p.title[0], p.end)


def _head_of_state(tokens: Tokens, p: Phrase, i: int, limit: int) -> bool:
    """As in "Head of government", "head of state"; "envoy of the Secretary-General": take the words into the title."""
    if tokens.lower[i] != "of":
        return False
    k = i + 1 + (tokens.lower[i + 1] == "the")
    if tokens.lower[p.head] in _MINISTERS and k < limit and tokens.lower[k] in _HEADED:
        p.end = k + 1
        p.end = _over_affairs(tokens, p.end, limit)
    elif (
        p.sort == "office"
        and k < limit
        and tokens.lower[k] == "secretary"
        and tokens.lower[k + 1 : k + 3] == ["-", "general"]
    ):
        p.end = k + 3
    elif p.sort == "office" and k < limit and tokens.lower[k] in _HEADS_OF_STATE:
        p.end = k + 1
    else:
        return False
    p.title = (p.title[0], p.end)
    return True


def _over_affairs(tokens: Tokens, i: int, limit: int) -> int:
    """The end of "for Foreign Affairs", "for Business and Trade" after "Secretary of State", else i."""
    if i + 1 >= limit or tokens.lower[i] != "for" or tokens.pos[i + 1] not in ("NOUN", "PROPN", "ADJ"):
        return i
    capital = tokens.text[i + 1][0].isupper()
    end = i + 1
    while end < limit and end < i + _LONGEST_AFFAIRS:
        step = 2 if end > i + 1 and tokens.lower[end] in ("and", "&") else 1
        k = end + step - 1
        if k >= limit or tokens.pos[k] not in ("NOUN", "PROPN", "ADJ") or tokens.text[k][0].isupper() != capital:
            break
        if step > 1 and not capital:
            break
        end = k + 1
    return end


def _grow_domain(tokens: Tokens, p: Phrase, i: int, limit: int) -> bool:
    """As in "the governor of Sakhalin, Ann Lee,", "President of the Commission, Ann Lee,": what is held, then who."""
    k = end = i + 1 + (tokens.lower[i + 1] == "the")
    while end < limit and end < k + _LONGEST_DOMAIN and tokens.pos[end] == "PROPN" and tokens.entity[end] != "PERSON":
        end += 1
    if end == k or end + 1 >= limit or tokens.text[end] != "," or not tokens.text[end + 1][0].isupper():
        return False
    close = end + 1
    while (
        close < limit
        and close < end + _LONGEST_NAME
        and tokens.pos[close] == "PROPN"
        and tokens.entity[close] in _NAMED
    ):
        close += 1
    if close - end < 3 or close < limit and tokens.text[close] not in (",", ".", ";", ")"):
        return False
    if tokens.entity[k] not in ("GPE", "LOC"):
        p.title = (p.title[0], end)
    p.end = end
    return True


def _leads_on(tokens: Tokens, i: int, limit: int) -> bool:
    """Whether a name only describes the noun after it: "the U.N. nuclear watchdog"."""
    return (
        i < limit
        and tokens.pos[i] in ("NOUN", "ADJ")
        and tokens.dep[i - 1] in ("compound", "nmod", "amod")
        and (tokens.head[i - 1] >= i)
    )


def _take_in(f: Finder, p: Phrase, match: GazetteerMatch, link: str, limit: int) -> None:
    """As in "Head of Kyrgyzstan's security service", "head of the U.N. nuclear watchdog": over the whole."""
    tokens = f.tokens
    if link not in ("of", "for") or p.sort != "office" or p.owners:
        return
    end = match.end
    while (
        end < limit
        and end < match.end + _LONGEST_DOMAIN
        and (tokens.pos[end] in ("NOUN", "PROPN", "ADJ", "PART") and end not in f.names)
    ):
        end += 1
    if tokens.pos[end - 1] not in ("NOUN", "PROPN") or is_possessive_mark(tokens, end - 1):
        return
    if match.entry.sort in ("state", "people", "city", "territory"):
        p.owners.append(match)
    p.end = end


def _grow_portfolio(f: Finder, p: Phrase, k: int, limit: int) -> None:
    """As in "Minister of Foreign Affairs", "Secretary of State for Defence", "chief of staff"."""
    tokens = f.tokens
    if tokens.lower[p.head] not in _PORTFOLIO_HEADS:
        return
    end = k
    while end < limit and end < k + _LONGEST_PORTFOLIO and end not in f.name_end:
        match = f.match_at.get(end)
        if match is not None and match.entry.sort not in ("body-word", "government-word"):
            break
        if tokens.pos[end] in ("NOUN", "PROPN", "ADJ") and (
            tokens.text[end][0].isupper() == tokens.text[k][0].isupper()
        ):
            if tokens.lower[end] in lexicon().heads and lexicon().heads[tokens.lower[end]] == "office" and end > k:
                break
            end += 1
        elif (
            tokens.lower[end] in _PORTFOLIO_LINKS
            and end + 1 < limit
            and tokens.pos[end + 1] in ("NOUN", "PROPN", "ADJ")
            and (tokens.text[end + 1][0].isupper() and tokens.text[k][0].isupper() and end + 1 not in f.match_at)
        ):
            end += 1
        else:
            break
    if end > k:
        p.end = end
        p.title = (p.title[0], end)
        _grow_over_owner(f, p, end, limit)


def _grow_over_owner(f: Finder, p: Phrase, end: int, limit: int) -> None:
    """Take in whose a portfolio is: "of the Republic of Senegal", "of the presidency", "of the Water Company"."""
    tokens = f.tokens
    if end + 1 >= limit or tokens.lower[end] != "of":
        return
    at = end + 1 + (tokens.lower[end + 1] == "the")
    match = f.match_at.get(at)
    if match is not None and match.entry.sort == "government-word" and at in f.phrase_at:
        match = next(iter(f.phrase_at[at].owners), None)
    inner, name = f.phrase_at.get(at), f.name_end.get(at)
    if match is not None and match.entry.sort in ("state", "organisation"):
        p.owners.append(match)
        p.end = match.end
    elif inner is not None and _is_body_from(inner, at) and p.body is None:
        p.body, p.end = inner, inner.end
    elif name is not None and not name.personal and p.org is None:
        p.org, p.end = name, name.end


def _names_person(f: Finder, i: int) -> bool:
    match = f.match_at.get(i)
    return match is not None and match.start == i and match.entry.sort == "person"


def take_name(f: Finder, p: Phrase) -> None:
    """Find the bearer's name: right after, or set off by commas."""
    tokens = f.tokens
    limit = tokens.sentences[tokens.sentence[p.head]][1]
    place = f.match_at.get(p.end + 1) if tokens.lower[p.end : p.end + 1] == ["in"] else None
    if place is not None and place.end < limit and tokens.text[place.end] == "," and p.sort == "office":
        # "The representative of the Front in Algiers, Ann Lee, said".
        before, p.end = p.end, place.end
        _take_name_set_off(f, p, limit)
        if p.name is None:
            p.end = before
        return
    if p.end < limit and tokens.text[p.end] in (",", "-", "–", "—") and p.sort != "plural":
        _take_name_set_off(f, p, limit)
        return
    known = f.match_at.get(p.head)
    if known is not None and known.entry.sort == "person" and p.sort == "office":
        p.name, p.end = (known.start, known.end), max(p.end, known.end)
        return
    _take_name_after(f, p, limit)


def _take_name_set_off(f: Finder, p: Phrase, limit: int) -> None:
    """As in "the foreign minister, Ann Lee,": a name between two marks, unless it goes on a list."""
    tokens = f.tokens
    start = _over_courtesy(f, p.end + 1, limit)
    if p.end + 1 < start == limit < tokens.n:
        limit = tokens.sentences[tokens.sentence[limit]][1]  # "Hon." ends no sentence
    end = name_at(tokens, start, f.match_at, f.names, limit)
    second = next((i + 1 for i in range(end - 1, start - 1, -1) if tokens.lower[i] in lexicon().heads), start)
    start = second if second < end else start  # "The Kyrgyz delegate, Energy Minister Ann Lee,"
    if not _known_name(f, start) and (end - start < 2 or tokens.pos[start] != "PROPN"):
        return
    if end <= start or end < limit and tokens.text[end] not in _NAME_CLOSERS and not _aged(tokens, end):
        return
    if _borne_by_another(f, p) and tokens.text[end : end + 1] == [","]:
        return
    goes_on = end + 1 < limit and tokens.text[end] == "," and tokens.lower[end + 1] in ("and", "or")
    if tokens.dep[end - 1] == "appos" or not goes_on and (p.owners or p.determiner not in ("a", "an")):
        p.name, p.beside = (p.end + 1 if second != start else start, end), True


def _aged(tokens: Tokens, at: int) -> bool:
    """As in "the mayor, Ann Lee (44), said"."""
    return tokens.text[at] == "(" and tokens.text[at + 2 : at + 3] == [")"] and tokens.pos[at + 1] == "NUM"


def _borne_by_another(f: Finder, p: Phrase) -> bool:
    """As in "Dan Roe, Minister of Trade of Malta, Ann Lee, Minister ...": the title is of the one before it."""
    front = p.front if p.front is not None else p.start
    if front < 3 or f.tokens.text[front - 1] != "," or p.whose is not None or p.determiner:
        return False
    last = front - 2
    unlabelled = not f.tokens.entity[last] and last not in f.match_at and f.tokens.tag[last - 1] == "NNP"
    return f.tokens.entity[last] == "PERSON" or unlabelled and f.tokens.tag[last] == "NNP"


def _take_name_after(f: Finder, p: Phrase, limit: int) -> None:
    """As in "Foreign Minister Ann Lee": a name right after; after a small-letter title it must be a proper noun."""
    tokens = f.tokens
    start = _over_courtesy(f, p.end, min(limit, p.end + 3))
    end = name_at(tokens, start, f.match_at, f.names, limit)
    if end <= start or p.sort == "plural":
        return
    if not _known_name(f, start) and tokens.text[p.head][0].islower() and tokens.pos[start] != "PROPN":
        return
    p.name = (p.end, end)
    p.end = end


def _over_courtesy(f: Finder, i: int, limit: int) -> int:
    """Return the first token from i on that is no "Mr" or "Dr"."""
    start = i
    while i < limit and not _names_person(f, i):
        stopped = i > start and f.tokens.text[i] == "." and f.tokens.end[i - 1] == f.tokens.start[i]
        if f.tokens.lower[i] not in lexicon().courtesy and not stopped:
            break
        i += 1
    return i


def _known_name(f: Finder, i: int) -> bool:
    return i in f.names or i in f.match_at


def over_state(f: Finder, p: Phrase) -> None:
    """As in "President Kofi Badu of Ghana": the state after the name is whose office it is."""
    tokens, limit = f.tokens, f.tokens.sentences[f.tokens.sentence[p.head]][1]
    if (
        p.name is None
        or p.beside
        or p.sort != "office"
        or p.owners
        or p.body is not None
        or p.end + 1 >= limit
        or tokens.lower[p.end] != "of"
    ):
        return
    k = p.end + 1 + (tokens.lower[p.end + 1] == "the")
    match = f.match_at.get(k)
    if match is None or match.start != k or match.entry.sort != "state":
        return
    if match.end < limit and (is_possessive_mark(tokens, match.end) or _leads_on(tokens, match.end, limit)):
        return
    p.owners.append(match)
    p.end = match.end
