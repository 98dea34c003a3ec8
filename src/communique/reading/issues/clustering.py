"""Join the phrases that name one issue: shared words, definite phrases that point back, and "also known as"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from communique.lexicon import listed
from communique.reading.issues.candidates import IssuePhrase
from communique.reading.issues.deeds_named import told_by_verb
from communique.reading.issues.issue_words import DETERMINERS, IssueLexicon, Known, normal
from communique.reading.issues.like_named import others_of_a_name
from communique.reading.tokens import Tokens, TokenSpan

_NAMING = listed("issues", "constructions", "naming")
_LISTING = listed("issues", "constructions", "listing")
_LAND = listed("issues", "constructions", "land")
_VAGUE = listed("issues", "constructions", "vague_land")
_MOST = 40

Spot = tuple[int, int]
"""A token, and the number of the matter that is named there."""

_NAMING_REACH = 5
"""Words after a thing within which "known as" or "calls" names it again."""
_NAME_REACH = 7
"""Words after "known" within which the other name starts."""


@dataclass(slots=True)
class Matter:
    """Phrases that name one thing. ``heads`` are the heads under which a definite phrase may point back to it."""

    kind: str
    known: Known | None
    heads: set[str]
    modifiers: frozenset[str] = frozenset()
    phrases: list[IssuePhrase] = field(default_factory=list)

    @property
    def place(self) -> bool:
        """Tell whether it is a place, so that "the territory" may mean it."""
        return self.kind == "place" or (self.known is not None and bool(self.known.claimants))


def join(tokens: Tokens, phrases: list[IssuePhrase], runs: Sequence[TokenSpan], lexicon: IssueLexicon) -> list[Matter]:
    """Return matters in order of first mention; phrases that name nothing by themselves are given to what they mean."""
    matters: dict[object, Matter] = {}
    loose: list[IssuePhrase] = []
    namesakes = others_of_a_name(tokens, phrases)
    for phrase in phrases:
        if phrase.kind == "bare":
            loose.append(phrase)
            continue
        modifiers = phrase.modifiers | namesakes.get(phrase.start, frozenset())
        key: object = phrase.known.id if phrase.known else (phrase.head, modifiers)
        matter = matters.get(key)
        if matter is None:
            heads = {phrase.head} | (set(phrase.known.heads) if phrase.known else set())
            matter = matters[key] = Matter(phrase.kind, phrase.known, heads, modifiers)
        matter.phrases.append(phrase)
        if phrase.inner:
            matter.heads.add(phrase.inner)
    absorbed = _named_before(tokens, _absorb(list(matters.values()), lexicon), lexicon)
    joined = _short_names(tokens, _lighten(absorbed, lexicon), runs)
    _other_names(tokens, joined, runs)
    _point_back(tokens, joined, loose, lexicon)
    for matter in joined:
        matter.phrases.sort(key=lambda p: p.start)
    joined.sort(key=lambda m: m.phrases[0].start)
    return joined


def _absorb(matters: list[Matter], lexicon: IssueLexicon) -> list[Matter]:
    """Give the shorter form to the longer where only one longer form fits: "treaty" as in "postwar treaty"."""
    groups: dict[str, list[Matter]] = {}
    for matter in matters:
        if matter.known is None:
            head = matter.phrases[0].head
            groups.setdefault("deal" if head in lexicon.struck else head, []).append(matter)
    for matter in matters:
        if matter.known is not None:
            for head in matter.heads:
                if head in groups:
                    groups[head].append(matter)
    gone: set[int] = set()
    for group in groups.values():
        for small in group[:_MOST]:
            if small.known is not None or id(small) in gone:
                continue
            larger = [m for m in group[:_MOST] if m is not small and id(m) not in gone and _fits(small, m)]
            if not larger:
                continue
            widest = max(larger, key=lambda m: (m.known is not None, len(m.modifiers)))
            if all(m is widest or _fits(m, widest) for m in larger):
                widest.phrases += small.phrases
                gone.add(id(small))
            elif not small.modifiers:
                spots = sorted((p.start, k) for k, m in enumerate(larger) for p in m.phrases)
                for phrase in small.phrases:
                    larger[_nearest(spots, phrase.start)].phrases.append(phrase)
                gone.add(id(small))
    return [m for m in matters if id(m) not in gone]


def _named_before(tokens: Tokens, matters: list[Matter], lexicon: IssueLexicon) -> list[Matter]:
    """Give "the navigation pact" to the "Khor Abdullah agreement": a second name that points, where one is a name."""
    struck = [m for m in matters if m.known is None and m.phrases[0].head in lexicon.struck and m.modifiers]
    if len(struck) != 2:
        return matters
    one, other = struck
    described = other.phrases[0].definite and not any(_proper_name(tokens, p) for p in other.phrases)
    if one.phrases[0].start < other.phrases[0].start and described and _proper_name(tokens, one.phrases[0]):
        one.phrases += other.phrases
        return [m for m in matters if m is not other]
    return matters


def _proper_name(tokens: Tokens, phrase: IssuePhrase) -> bool:
    return any(tokens.pos[t] == "PROPN" for t in range(phrase.start, phrase.end))


def _lighten(matters: list[Matter], lexicon: IssueLexicon) -> list[Matter]:
    """Give the "climate finance goal" to "climate finance": what only says that a matter is aimed at or decided."""
    whole: dict[object, Matter] = {}
    for m in matters:
        head = m.phrases[0].head
        if m.known is not None or m.kind in ("state", "talks"):
            continue
        if head in lexicon.light:
            # "the pandemic accord" is the "pandemic treaty".
            whole.setdefault((lexicon.deal.get(head), m.modifiers), m)
        else:
            whole[m.modifiers | {head}] = m
            whole.setdefault(head, m)
    out: list[Matter] = []
    for matter in matters:
        target = _carried(matter, whole, lexicon)
        if target is None or target is matter:
            out.append(matter)
            continue
        target.phrases += matter.phrases
        target.heads |= matter.heads
        if target.kind in ("other", "compound"):
            target.kind = "qualified" if matter.kind == "qualified" else "compound"
    return out


def _carried(matter: Matter, whole: dict[object, Matter], lexicon: IssueLexicon) -> Matter | None:
    """Return the matter that a light phrase is about, or the like phrase that came before it."""
    head = matter.phrases[0].head
    if matter.known is not None or head not in lexicon.light or not matter.modifiers:
        return None
    found = whole.get(matter.modifiers)
    if found is None and len(matter.modifiers) == 1:
        found = whole.get(next(iter(matter.modifiers)))
    if found is None and head in lexicon.deal:
        found = whole.get((lexicon.deal[head], matter.modifiers))
    return found


def _fits(small: Matter, large: Matter) -> bool:
    """Tell whether the words of ``small`` are among those of ``large``; of two heads that mean one, there are some."""
    if large.known is not None:
        return bool(small.modifiers) and small.modifiers <= large.known.tokens
    if small.phrases[0].head != large.phrases[0].head and not small.modifiers:
        return False
    return small.modifiers < large.modifiers


def _short_names(tokens: Tokens, matters: list[Matter], runs: Sequence[TokenSpan]) -> list[Matter]:
    """Give "Vorukh" to the "Vorukh enclave": a proper name alone to the one piece of land that bears it."""
    bearers: dict[str, list[Matter]] = {}
    for matter in matters:
        if matter.kind == "place" and matter.heads & _LAND:
            for word in matter.modifiers:
                bearers.setdefault(word, []).append(matter)
    if not bearers:
        return matters
    owner = {p.start: m for m in matters for p in m.phrases}
    for start, end in runs:
        found = bearers.get(normal(tokens.lower[start]), ()) if end - start == 1 else ()
        held = owner.get(start)
        if (
            len(found) != 1
            or tokens.pos[start] != "PROPN"
            or (held is not None and held.kind not in ("other", "state"))
        ):
            continue
        if held is not None:
            held.phrases = [p for p in held.phrases if p.start != start]
        found[0].phrases.append(IssuePhrase(start, end, normal(tokens.lower[start]), frozenset(), "place"))
    return [m for m in matters if m.phrases]


def _other_names(tokens: Tokens, matters: list[Matter], runs: Sequence[TokenSpan]) -> None:
    """Add names given in the text itself: "known as", in parentheses, "specifically A, B and C"."""
    starts = {start: (start, end) for start, end in runs}
    owner = {p.start: (m, p) for m in matters for p in m.phrases}
    aliases: dict[tuple[str, ...], Matter] = {}
    for matter in [m for m in matters if m.place]:
        for phrase in list(matter.phrases):
            for piece in _named_after(tokens, phrase.end, starts):
                aliases.setdefault(tuple(tokens.lower[piece[0] : piece[1]]), matter)
    if not aliases:
        return
    for start, end in runs:
        target = aliases.get(tuple(tokens.lower[start:end]))
        if target is None:
            continue
        held = owner.get(start)
        if held is None:
            target.phrases.append(IssuePhrase(start, end, normal(tokens.lower[end - 1]), frozenset(), target.kind))
        elif held[0] is not target and held[0].known is None:
            held[0].phrases.remove(held[1])
            target.phrases.append(held[1])
    matters[:] = [m for m in matters if m.phrases]


def _named_after(tokens: Tokens, at: int, starts: dict[int, TokenSpan]) -> list[TokenSpan]:
    """Return the proper names that the words after token ``at`` give as other names."""
    n, lower = tokens.n, tokens.lower
    i = at
    if i < n and lower[i] in "(":
        piece = starts.get(i + 1)
        closed = piece is not None and piece[1] < n and lower[piece[1]] == ")"
        return [piece] if piece is not None and closed and _proper(tokens, piece) else []
    i += i < n and lower[i] == ","
    if i < n and lower[i] in _LISTING:
        out = []
        i += 1
        while i in starts and _proper(tokens, starts[i]):
            out.append(starts[i])
            i = starts[i][1]
            while i < n and lower[i] in (",", "and", "&"):
                i += 1
        return out
    for j in range(i, min(n, i + _NAMING_REACH)):
        if lower[j] in _NAMING and tokens.sentence[j] == tokens.sentence[at - 1]:
            return _after_naming(tokens, j + 1, starts)
        if lower[j] in ".;:":
            break
    return []


def _after_naming(tokens: Tokens, at: int, starts: dict[int, TokenSpan]) -> list[TokenSpan]:
    """Return the name after "known in Japan as the" or "calls"."""
    lower = tokens.lower
    limit = min(tokens.n, at + _NAME_REACH)
    as_at = next((j for j in range(at, limit) if lower[j] == "as"), None)
    j = at if as_at is None else as_at + 1
    while j < limit and (lower[j] in DETERMINERS or tokens.pos[j] == "PUNCT"):
        j += 1
    piece = starts.get(j)
    return [piece] if piece is not None and _proper(tokens, piece) else []


def _proper(tokens: Tokens, piece: TokenSpan) -> bool:
    return piece[1] - piece[0] <= 4 and tokens.text[piece[0]][:1].isupper() and tokens.entity[piece[0]] != "NORP"


def _point_back(tokens: Tokens, matters: list[Matter], loose: list[IssuePhrase], lexicon: IssueLexicon) -> None:
    """Give "the dam", "these islands", "the disputed territories" to the nearest matter before, or else after."""
    spots = _spots(matters, loose, lexicon)
    things = {at: k for at, k in spots.owner.items() if matters[k].kind != "state"}
    left: dict[object, list[IssuePhrase]] = {}
    for phrase in loose:
        of = _complement_of(tokens, phrase, lexicon)
        if of in spots.owner:
            matters[spots.owner[of]].phrases.append(phrase)
            continue
        meant = _may_mean(phrase, spots, lexicon)
        deed = phrase.head in lexicon.measure and phrase.head not in spots.by_head
        told = told_by_verb(tokens, phrase, things) if phrase.definite and deed else None
        if told is not None:
            phrase.deed = True
            matters[told].phrases.append(phrase)
            continue
        pointing = phrase.definite or phrase.disputed
        common = phrase.head in lexicon.common
        if meant and (pointing or not common and len({k for _, k in meant}) == 1):
            matters[_nearest(meant, phrase.start)].phrases.append(phrase)
        elif pointing or not common:
            key = lexicon.deal.get(phrase.head) or lexicon.kin.get(phrase.head, phrase.head)
            left.setdefault(key, []).append(phrase)
    matters.extend(Matter("alone", None, {p.head for p in phrases}, frozenset(), phrases) for phrases in left.values())


@dataclass(frozen=True, slots=True)
class _Spots:
    """Where matters are named, in text order, with their numbers: under a head or its kin, places, and deals."""

    owner: dict[int, int]
    by_head: dict[str, list[Spot]]
    by_kin: dict[tuple[str, ...], list[Spot]]
    places: list[Spot]
    disputed: list[Spot]
    dealt: list[Spot]


def _spots(matters: list[Matter], loose: list[IssuePhrase], lexicon: IssueLexicon) -> _Spots:
    """Return where matters are named to which loose phrases may point back."""
    named = sorted(((p.start, k) for k, m in enumerate(matters) for p in m.phrases), key=lambda pair: pair[0])
    by_head: dict[str, list[Spot]] = {}
    places: list[Spot] = []
    disputed: list[Spot] = []
    for at, k in named:
        matter = matters[k]
        for head in matter.heads:
            by_head.setdefault(head, []).append((at, k))
        if matter.place:
            places.append((at, k))
            if matter.known or any(p.disputed for p in matter.phrases):
                disputed.append((at, k))

    def of_any(heads: Iterable[str]) -> list[Spot]:
        return sorted(spot for head in heads for spot in by_head.get(head, ()))

    kin = {lexicon.kin[p.head] for p in loose if p.head in lexicon.kin}
    by_kin = {heads: of_any(heads) for heads in kin}
    return _Spots(dict(named), by_head, by_kin, places, disputed, of_any(lexicon.dealt))


def _complement_of(tokens: Tokens, phrase: IssuePhrase, lexicon: IssueLexicon) -> int:
    """As in "the island of Thitu": where the name begins that a place's noun stands before, else -1."""
    of = phrase.head in lexicon.place and tokens.lower[phrase.end : phrase.end + 1] == ["of"]
    return phrase.end + 1 if of else -1


def _may_mean(phrase: IssuePhrase, spots: _Spots, lexicon: IssueLexicon) -> list[Spot]:
    """Return where a phrase may point back to: where its head, a place, one of its kin, or a deal on offer is named."""
    head = phrase.head
    found = spots.by_head.get(head)
    if found is None and head in _LAND and (phrase.disputed or head not in _VAGUE):
        found = spots.disputed or spots.places
    if not found and head in lexicon.kin:
        found = spots.by_kin[lexicon.kin[head]]
    if not found and phrase.definite and head in lexicon.offers:
        found = spots.dealt
    return found or []


def _nearest(candidates: list[Spot], at: int) -> int:
    """Return the last matter named before ``at``, or the first after it."""
    i = bisect_left(candidates, (at, -1))
    return candidates[i - 1][1] if i else candidates[0][1]
