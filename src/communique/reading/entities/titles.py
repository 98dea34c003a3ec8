"""Noun phrases for those who hold an office, fill a place or speak for one, and for bodies and groups.

The words decide, not the parse: a phrase is grown from its head noun over modifiers to the left and over "of" and
"for" to the right, and takes a name that stands right after it or beside it between commas.
"""

from __future__ import annotations

from dataclasses import dataclass

from communique.lexicon import listed
from communique.lexicon.officeholders import by_family_name, fold
from communique.model import ActorKind
from communique.reading.entities.gazetteer import GazetteerEntry, GazetteerMatch
from communique.reading.entities.ner import Name
from communique.reading.entities.noun_phrases import Finder, Phrase, lexicon
from communique.reading.entities.title_spans import grow_right, over_state, take_name
from communique.reading.grammar.labels import PRESENT_TENSE
from communique.reading.grammar.possessives import is_possessive_mark, makes_owner
from communique.reading.tokens import Tokens

_DESCRIBING_ONLY = listed("entities", "describing_only")
_OVER_DETERMINER = listed("entities", "over_determiner")
_FORMER = listed("entities", "former")
_AFTER_NOUNS = listed("entities", "after_nouns")
_ADMINISTERING = listed("entities", "administering")
_PORTFOLIO_PLURALS = listed("entities", "portfolio_plurals")

_NOMINAL = {"NN", "NNP", "NNPS", "JJ", "JJS", "JJR", "CD", "HYPH", "VBN", "VBG", "AFX", "FW", "NNS"}
_DETERMINERS = listed("closed_classes", "determiners")
_HYPHENS = ("-", "–")
_OWNED = listed("closed_classes", "all_possessives")
_LEFT_LIMIT = 14
_SIDES = {"side", "delegation"}
_WITH_PORTFOLIO = listed("entities", "with_portfolio")

_LONGEST_POSSESSOR = 5
"""Words of a possessor's phrase before its last."""


def find_phrases(
    tokens: Tokens, matches: list[GazetteerMatch], match_at: dict[int, GazetteerMatch], names: dict[int, Name]
) -> list[Phrase]:
    """Return the phrases of a text in order of their start."""
    finder = Finder(tokens, match_at, names, {k: n for n in names.values() for k in range(n.start, n.end)}, {})
    found: list[Phrase] = []
    for match in matches:
        sort = match.entry.sort
        if (
            sort in ("body-word", "government-word")
            and match_at.get(match.start) is match
            and not _only_describes(tokens, match, match_at)
        ):
            phrase = _grow(finder, "body" if sort == "body-word" else "government", match.start, match.end)
            found.append(phrase)
            for k in range(phrase.start, phrase.end):
                finder.phrase_at.setdefault(k, phrase)
    taken = 0
    lower, tag = tokens.lower, tokens.tag
    for i in range(tokens.n):
        made = _sort_of(tokens, i)
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


def _sort_of(tokens: Tokens, i: int) -> str | None:
    """Return what sort of phrase a word heads; None for most words."""
    heads, low = lexicon().heads, tokens.lower[i]
    made = heads.get(low)
    if made is None and tokens.tag[i] in ("NNS", "NNPS"):
        made = heads.get(tokens.lemma[i])
    if made is None and low == "number" and i and tokens.lower[i - 1] == "opposite":
        return "office"
    return made


def _no_head(f: Finder, i: int) -> bool:
    """Whether a word that could head a phrase does not: a verb, an adjective, a part of a name or of a longer title."""
    tokens = f.tokens
    tag = tokens.tag[i]
    if tag[0] not in "NJF" and tag != PRESENT_TENSE and tokens.pos[i] != "PROPN":
        return True
    match = f.match_at.get(i)
    if match is not None and match.entry.sort != "person":
        return True
    described = i + 1 < tokens.n and tokens.pos[i + 1] in ("NOUN", "PROPN", "ADJ") and i + 1 not in f.names
    return tag in ("JJ", "JJS", "JJR") and described or _modifies_head(f, i)


def _only_describes(tokens: Tokens, match: GazetteerMatch, match_at: dict[int, GazetteerMatch]) -> bool:
    """Whether a body's word only describes the next noun: "military exercises", "Cabinet Secretary", "state visit"."""
    nxt = match.end
    if nxt >= tokens.n:
        return False
    if tokens.lower[nxt] in _DESCRIBING_ONLY:
        return True
    if (
        match.end - match.start > 1
        or tokens.pos[nxt] not in ("NOUN", "ADJ")
        or tokens.sentence[nxt] != tokens.sentence[match.start]
    ):
        return False
    before = match_at.get(match.start - 1)
    if tokens.lower[match.start] in _SIDES and before is not None and before.entry.sort in ("people", "state"):
        # A verb after "the Japanese side" is often tagged as a noun.
        return tokens.tag[nxt] != "NNS"
    return tokens.lower[nxt] not in lexicon().heads and tokens.lemma[nxt] not in lexicon().heads


def _modifies_head(f: Finder, i: int) -> bool:
    """Whether the next word carries the title on: "chief" in "chief negotiator"."""
    tokens = f.tokens
    nxt = i + 1
    if nxt >= tokens.n:
        return False
    if tokens.lower[nxt] == "-" and nxt + 1 < tokens.n and tokens.lower[nxt + 1] in _AFTER_NOUNS:
        return False
    word = tokens.lower[nxt]
    heads = lexicon().heads
    if (
        (word in heads or tokens.lemma[nxt] in heads)
        and tokens.pos[nxt] in ("NOUN", "PROPN", "ADJ")
        and (nxt not in f.name_end)
    ):
        return True
    if tokens.pos[nxt] == "NOUN" and tokens.dep[i] in ("compound", "nmod", "amod"):
        return True
    match = f.match_at.get(nxt)
    if match is not None and match.entry.sort in ("body-word", "government-word"):
        return True
    return word in ("ministerial",) or (
        word in lexicon().modifiers and tokens.pos[nxt] in ("NOUN", "PROPN", "ADJ") and (_next_head(tokens, nxt))
    )


def _next_head(tokens: Tokens, i: int) -> bool:
    heads = lexicon().heads
    for k in range(i, min(i + 4, tokens.n)):
        if tokens.lower[k] in heads:
            return True
        if tokens.pos[k] not in ("NOUN", "PROPN", "ADJ"):
            return False
    return False


def _grow(f: Finder, sort: str, first: int, last: int) -> Phrase:
    """Grow a phrase from the tokens of its head noun (or of a body's words)."""
    tokens = f.tokens
    phrase = Phrase(sort, first, last, last - 1, (first, last))
    if sort in ("body", "government"):
        phrase.head = first if "of" in tokens.lower[first:last] else last - 1
        if tokens.lower[first:last] and tokens.lower[first] in ("office",):
            phrase.head = first
    _grow_left(f, phrase)
    grow_right(f, phrase)
    if sort in ("office", "person", "plural"):
        take_name(f, phrase)
        over_state(f, phrase)
    return phrase


@dataclass(slots=True)
class _Left:
    """How far to the left a phrase has grown: the next token to look at, the first allowed, where the title starts."""

    i: int
    low: int
    title: int
    owned: bool = False


def _grow_left(f: Finder, p: Phrase) -> None:
    tokens = f.tokens
    floor = _floor(tokens, p.head)
    left = _Left(p.start - 1, max(floor, p.start - _LEFT_LIMIT), p.start)
    steps = (_over_phrase, _over_hit, _over_name, _over_owner, _over_determiner, _over_and, _over_modifier)
    while left.i >= left.low:
        if tokens.pos[left.i] == "SPACE" and tokens.text[left.i].count("\n") < 2:
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
        if left.title < p.title[0] and (is_possessive_mark(tokens, left.title) or tokens.lower[left.title] in _HYPHENS):
            left.title += 1
    p.title = (min(max(left.title, p.start), p.title[0]), p.title[1])


def _floor(tokens: Tokens, head: int) -> int:
    """Return where a head's sentence begins; an adjective alone before it ("Kyrgyz | Energy Minister") is of it."""
    here = tokens.sentence[head]
    floor = tokens.sentences[here][0]
    before = tokens.sentences[here - 1] if here else (0, 0)
    alone = before[1] - before[0] == 1 and tokens.pos[before[0]] in ("PROPN", "ADJ")
    return before[0] if alone and tokens.text[floor][0].isupper() else floor


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
    tokens, match = f.tokens, f.match_at.get(left.i)
    if match is None or match.entry.sort in ("body-word", "government-word"):
        return None
    if p.sort in ("body", "government") and match.start >= p.start:
        return None
    if match.entry.sort == "person":
        if left.owned or is_possessive_mark(tokens, match.end) or not _administers(tokens, p):
            return False
    elif (
        match.entry.sort == "people"
        and tokens.tag[left.i] in ("NNS", "NNPS")
        and tokens.lower[left.i] != (tokens.lemma[left.i])
        or left.owned
        and p.owners
        and match.entry.sort != "people"
    ):
        return False
    p.owners.append(match)
    left.i, p.start = match.start - 1, match.start
    return True


def _administers(tokens: Tokens, p: Phrase) -> bool:
    return p.sort == "government" and tokens.lower[p.head] in _ADMINISTERING


def _over_name(f: Finder, p: Phrase, left: _Left) -> bool | None:
    """Take in an organisation that the model labels, or whose administration it is."""
    name = f.name_end.get(left.i)
    if name is None:
        return None
    if _administers(f.tokens, p):
        terms = by_family_name().get(fold(f.tokens.text[name.end - 1]))
        if terms is not None and not terms[0].owner.startswith("org:"):
            entry = GazetteerEntry(terms[0].person, terms[0].name, ActorKind.PERSON, "person", terms[0].owner.upper())
            p.owners.append(GazetteerMatch(name.start, name.end, entry))
            left.i, p.start = name.start - 1, name.start
            return True
    if not name.personal and left.i == name.end - 1:
        p.org, left.owned = name, True
        left.i, p.start = name.start - 1, name.start
        return True
    return False


def _over_owner(f: Finder, p: Phrase, left: _Left) -> bool | None:
    """Stop at whoever owns it: "Japan's", "the country's", "its"."""
    tokens, i = f.tokens, left.i
    if tokens.lower[i] in _OWNED or tokens.tag[i] in ("PRP$", "WP$"):
        p.whose, p.start, p.determiner = i, i, "its"
        return False
    if not is_possessive_mark(tokens, i) or not makes_owner(tokens, i):
        return None
    if left.owned and (p.owners or p.body):
        return False
    left.title = min(left.title, i + 1)
    floor = tokens.sentences[tokens.sentence[p.head]][0]
    owner = _owner_before(f, i)
    if owner is None:
        p.start, p.possessor, p.determiner = i + 1, i - 1, "its"
        p.front = _front(tokens, i - 1, floor)
        return False
    if isinstance(owner, GazetteerMatch):
        p.owners.append(owner)
    else:
        p.org = owner
    p.start, p.determiner = owner.start, "the"
    if p.start > floor and tokens.lower[p.start - 1] == "the":
        p.start -= 1
    return False


def _over_determiner(f: Finder, p: Phrase, left: _Left) -> bool | None:
    word = f.tokens.lower[left.i]
    if word not in _DETERMINERS or f.tokens.tag[left.i] in ("IN", "WDT"):
        return None
    p.determiner, p.start = word, left.i
    left.i -= 1
    return word not in _OVER_DETERMINER


def _over_and(f: Finder, p: Phrase, left: _Left) -> bool | None:
    """Go on over "and" in "U.S. and Japanese officials"."""
    if f.tokens.lower[left.i] not in ("and", "&", "or") or not p.owners or p.start != p.owners[-1].start:
        return None
    before = f.match_at.get(left.i - 1) if left.i - 1 >= left.low else None
    left.i -= 1
    return p.sort == "plural" and before is not None and before.entry.sort in ("people", "state", "organisation")


def _over_modifier(f: Finder, p: Phrase, left: _Left) -> bool | None:
    tokens, i = f.tokens, left.i
    word, tag = tokens.lower[i], tokens.tag[i]
    known = word in lexicon().modifiers
    if not (tag in _NOMINAL and tokens.pos[i] != "VERB" or known or tag == "HYPH"):
        return False
    if tokens.entity[i] in ("DATE", "TIME") and not known:
        return False
    portfolio = tokens.head[i] == p.head and tokens.dep[i] == "compound" and tokens.lower[p.head] in _WITH_PORTFOLIO
    if tag == "NNS" and not portfolio and word not in _PORTFOLIO_PLURALS:
        return False
    if not left.owned and not p.owners:
        left.title = i
    if word in _FORMER:
        p.former = True
    p.start = i
    left.i -= 1
    return True


def _front(tokens: Tokens, i: int, floor: int) -> int:
    """The start of the possessor's noun phrase that ends at token i: "the rebels" in "the rebels' spokesman"."""
    start = i
    while (
        start > floor
        and i - start < _LONGEST_POSSESSOR
        and (tokens.tag[start - 1] in _NOMINAL or tokens.lower[start - 1] in _DETERMINERS)
    ):
        start -= 1
    return start


def _owner_before(f: Finder, apostrophe: int) -> GazetteerMatch | Name | None:
    match = f.match_at.get(apostrophe - 1)
    if match is not None and match.entry.sort not in ("body-word", "government-word", "people"):
        return match
    name = f.name_end.get(apostrophe - 1)
    return name if name is not None and not name.personal else None
