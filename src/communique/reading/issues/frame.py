"""The issues that a user follows, found in a report by their names and in other words.

A report seldom calls an issue as the user does. Four ways lead to it, each with a weight that says how sure it is:

- its name or alias, in singular or plural (`NAMED`): "licence plates", "Ohrid annex";
- a verb that its noun is made from (`DERIVED`): "will never recognise" for recognition, "hand him over" for a
  handover. Where the names say of what, the verb's object must be that, or a pronoun;
- another word for a bargain behind the word that tells which (`DERIVED`): "a binding accord" for a binding agreement;
- a part of a name that no other followed issue shares (`PART`): what stands before a head that fits anything ("data"
  for a data exchange), the head of a name that is a thing ("plates"), the head of a proper name in capitals.

Where two lead to the same words, the surer counts. A report without such words is about none of them: what fits no
followed issue stays a matter of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from communique.identity import slug
from communique.lexicon import endings, listed, load
from communique.model import DisputedIssue, Frame, Issue, Span
from communique.reading.annotations import Attribution
from communique.reading.issues.lexicon import POINTING, normal
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, TokenSpan

NAMED, DERIVED, PART = 1.0, 0.8, 0.6
"""How sure it is that words mean the issue: by its name, by a word made from it, by a part of its name."""

_BARGAIN = listed("issues", "frame", "bargain")
_GENERAL = listed("issues", "frame", "general")
_LINKS = listed("closed_classes", "linking_prepositions")
_OBJECTS = ("dobj", "obj", "nsubjpass", "nsubj:pass")
_LONGEST_NAME = 8
_HYPHENS = ("-", "–")
_ADJECTIVES = endings("issues", "frame", "adjectives")


@dataclass(frozen=True, slots=True)
class FrameMention:
    """Where a report means a followed issue, and how sure that is; ``verb`` tells that a verb names it."""

    issue: int
    piece: TokenSpan
    weight: float
    verb: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """A name: its words in normal form, its head among them, what stands before the head and what behind it."""

    words: tuple[str, ...]
    head: str
    before: frozenset[str]
    behind: frozenset[str]
    proper: bool
    capitals: frozenset[str]
    spelt: str


@dataclass(frozen=True, slots=True)
class _Followed:
    """An issue made ready for looking.

    ``parts`` are words that mean it alone, ``things`` heads that do so in the number that the name has them in,
    ``heads`` heads of proper names, ``bargains`` what stands before a word for a bargain, ``verbs`` with their
    particles, ``objects`` what these have for an object.
    """

    names: tuple[_Name, ...]
    parts: frozenset[str]
    things: frozenset[str]
    heads: frozenset[str]
    bargains: tuple[frozenset[str], ...]
    verbs: frozenset[str]
    objects: frozenset[str]


def in_frame(
    text: Text, issues: Sequence[Issue], about: Sequence[tuple[str, ...]]
) -> tuple[tuple[Issue, ...], tuple[tuple[str, ...], ...]]:
    """Return the issues of a report and what each attribution is about, with those that the text's frame follows.

    A followed issue goes by the frame's name, and takes the place of what the report's own words made of it.
    """
    if not text.frame or not text.frame.issues:
        return tuple(issues), tuple(about)
    found = mentions(text, text.frame)
    merged, renamed = _merged(text, text.frame, issues, found)
    frame = {slug(issue.name) or f"issue-{at}" for at, issue in enumerate(text.frame.issues)}
    followed = [(place.start, issue.id) for issue in merged if issue.id in frame for place in issue.mentions]
    out = []
    for item, own in zip(text.attributions, about or [()] * len(text.attributions), strict=True):
        kept = [name for name in own if name not in renamed]
        pieces = [text.tokens.span(piece) for piece in _pieces(text.tokens, item)]
        inside = [name for place, name in followed if any(start <= place < end for start, end in pieces)]
        out.append(tuple(dict.fromkeys((*inside, *kept))))
    return merged, tuple(out)


def _pieces(tokens: Tokens, item: Attribution) -> list[TokenSpan]:
    source = [] if item.source_head is None else [tokens.subtree(item.source_head)]
    return [*item.content, *source]


def _merged(
    text: Text, frame: Frame, issues: Sequence[Issue], found: Sequence[FrameMention]
) -> tuple[tuple[Issue, ...], dict[str, str]]:
    """The followed issues that the report names and its own others; and what became of its own that are followed."""
    tokens = text.tokens
    spans = {at: [tokens.span(m.piece) for m in found if m.issue == at] for at in {m.issue for m in found}}
    called = {words_of(name): at for at, issue in enumerate(frame.issues) for name in issue.names}
    names = [slug(issue.name) or f"issue-{at}" for at, issue in enumerate(frame.issues)]
    renamed: dict[str, str] = {}
    own: dict[int, list[Issue]] = {}
    for issue in issues:
        at = next((called[each] for each in map(words_of, (issue.name, *issue.aliases)) if each in called), None)
        if at is not None:
            own.setdefault(at, []).append(issue)
        else:
            at = _covering(issue, spans)
        if at is not None:
            renamed[issue.id] = names[at]
    made = tuple(
        _followed_issue(names[at], followed, spans.get(at, ()), own.get(at, ()))
        for at, followed in enumerate(frame.issues)
    )
    named = tuple(issue for issue in made if issue.mentions)
    taken = {issue.id for issue in named} | renamed.keys()
    return (*named, *(issue for issue in issues if issue.id not in taken)), renamed


def _covering(issue: Issue, spans: dict[int, list[Span]]) -> int | None:
    """The followed issue that half of an issue's mentions or more meet, by its number."""
    covered = Counter(
        at for at, held in spans.items() for place in issue.mentions if any(_meet(place, each) for each in held)
    )
    return next((at for at, count in covered.most_common(1) if 2 * count >= len(issue.mentions)), None)


def _followed_issue(name: str, followed: DisputedIssue, found: Iterable[Span], own: Sequence[Issue]) -> Issue:
    # Other names of a well-known dispute mean it too; what the report's own phrases point at is less sure.
    known = (place for issue in own if issue.id in _disputes() for place in issue.mentions)
    claims = tuple(claim for issue in own for claim in issue.claims)
    return Issue(name, followed.name, followed.aliases, claims, tuple(sorted({*found, *known})))


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@cache
def _disputes() -> frozenset[str]:
    """The ids of the well-known disputes."""
    return frozenset(entry["id"] for entry in load("issues")["known"])


def mentions(text: Text, frame: Frame) -> list[FrameMention]:
    """Return where a text means the frame's issues, in text order; no two share a word."""
    tokens = text.tokens
    followed = _followed(frame)
    forms = [_plain(word) for word in tokens.lower]
    found = [
        *_by_name(tokens, forms, followed),
        *_by_bargain(tokens, forms, followed),
        *_by_part(text, forms, followed),
        *_by_verb(tokens, forms, followed),
    ]
    found.sort(key=lambda m: (-m.weight, m.piece[0] - m.piece[1], m.piece[0], m.issue))
    taken: set[int] = set()
    kept = []
    for mention in found:
        place = range(*mention.piece)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.piece)


def _by_name(tokens: Tokens, forms: Sequence[str], followed: Sequence[_Followed]) -> Iterator[FrameMention]:
    first: dict[str, list[tuple[int, _Name]]] = {}
    for at, issue in enumerate(followed):
        for name in issue.names:
            first.setdefault(name.words[0], []).append((at, name))
    for i in range(tokens.n):
        for at, name in first.get(forms[i], ()):
            end = _reaches(tokens, forms, i, name.words)
            if end and not (name.proper and len(name.words) == 1 and not tokens.text[i][:1].isupper()):
                yield FrameMention(at, (i, end), NAMED, tokens.pos[end - 1] == "VERB")


def _reaches(tokens: Tokens, forms: Sequence[str], i: int, wanted: Sequence[str]) -> int:
    """Where a name that starts at a token ends, articles and hyphens in it left aside; 0 where there is none."""
    at = i
    for word in wanted:
        while at < tokens.n and at > i and (tokens.pos[at] in ("DET", "SPACE") or forms[at] in _HYPHENS):
            # "Serb-majority" is named by its first part too.
            part = forms[at] in _HYPHENS and at + 2 < tokens.n and forms[at + 1] != word == forms[at + 2]
            at += 2 if part else 1
        if at >= tokens.n or forms[at] != word:
            return 0
        at += 1
    return at


def _by_bargain(tokens: Tokens, forms: Sequence[str], followed: Sequence[_Followed]) -> Iterator[FrameMention]:
    """As in "a fair and binding accord": the word that tells which bargain it is, before another word for one."""
    if not any(issue.bargains for issue in followed):
        return
    for i in range(tokens.n):
        if forms[i] not in _BARGAIN or tokens.pos[i] not in ("NOUN", "PROPN"):
            continue
        before = {c for c in tokens.children[i] if c < i and tokens.dep[c] in ("amod", "compound", "nmod")}
        before |= {c for b in before for c in tokens.children[b] if tokens.dep[c] == "conj"}
        told = {forms[c]: c for c in sorted(before, reverse=True)} | _told_behind(tokens, forms, i)
        for at, issue in enumerate(followed):
            which = next((words for words in issue.bargains if words <= told.keys()), None)
            if which is not None:
                yield FrameMention(at, (min(i, *(told[word] for word in which)), i + 1), DERIVED)


def _told_behind(tokens: Tokens, forms: Sequence[str], head: int) -> dict[str, int]:
    """What a clause or a complement tells of a bargain, as the word before it would: "that binds", "in parts"."""
    found: dict[str, int] = {}
    for c in tokens.children[head]:
        if c < head:
            continue
        if (
            tokens.dep[c] == "relcl"
            and tokens.pos[c] == "VERB"
            and not any(tokens.dep[d] == "neg" for d in tokens.children[c])
        ):
            found |= {f"{tokens.lemma[c]}ing": head, tokens.lower[c]: head}
        elif tokens.dep[c] == "prep":
            inner = [d for d in tokens.children[c] if tokens.dep[d] == "pobj"]
            found |= {f"{forms[d]}{ending}": head for d in inner for ending in ("al", "ial", "ary")}
    return found


def _by_part(text: Text, forms: Sequence[str], followed: Sequence[_Followed]) -> Iterator[FrameMention]:
    tokens = text.tokens
    for i in range(tokens.n):
        if tokens.pos[i] not in ("NOUN", "PROPN"):
            continue
        for at, issue in enumerate(followed):
            thing = tokens.lower[i] in issue.things and (forms[i] != tokens.lower[i] or tokens.lower[i - 1] in POINTING)
            if forms[i] in issue.parts or thing or (forms[i] in issue.heads and _definite_name(tokens, i)):
                yield FrameMention(at, (i, i + 1), PART)


def _definite_name(tokens: Tokens, i: int) -> bool:
    """As in "the Community": in capitals, where no sentence starts."""
    return i > 0 and tokens.text[i][:1].isupper() and tokens.lower[i - 1] in POINTING


def _by_verb(tokens: Tokens, forms: Sequence[str], followed: Sequence[_Followed]) -> Iterator[FrameMention]:
    for i in range(tokens.n):
        if tokens.pos[i] != "VERB" or tokens.dep[i] == "amod":
            continue
        particle = tokens.child(i, "prt")
        key = tokens.lemma[i] if particle is None else f"{tokens.lemma[i]}_{tokens.lower[particle]}"
        for at, issue in enumerate(followed):
            if key in issue.verbs and _done_to(tokens, forms, i, issue.objects):
                yield FrameMention(at, (i, i + 1), DERIVED, True)


def _done_to(tokens: Tokens, forms: Sequence[str], verb: int, objects: frozenset[str]) -> bool:
    """Whether the verb is done to what the issue's names say, or to what only points back."""
    done = tokens.child(verb, *_OBJECTS)
    if done is None and tokens.dep[verb] == "conj" and any(tokens.dep[c] == "auxpass" for c in tokens.children[verb]):
        # "He was a citizen and would not be handed over": the subject is that of the verb before.
        done = tokens.child(tokens.head[verb], "nsubj", "nsubjpass")
    if done is None:
        # "when Serbia was going to recognise them all", "the dam that it fills"
        return tokens.dep[verb] == "relcl" and forms[tokens.head[verb]] in objects
    start, end = tokens.subtree(done)
    return (
        not objects or tokens.tag[done] == "PRP" or any(form in objects for form in forms[start : min(end, start + 12)])
    )


@lru_cache(maxsize=64)
def _followed(frame: Frame) -> tuple[_Followed, ...]:
    named = [tuple(_name(each) for each in issue.names if words_of(each)) for issue in frame.issues]
    shared = Counter(word for names in named for word in {word for name in names for word in name.words})
    parties = {word for party in frame.parties for each in (party.name, *party.aliases) for word in words_of(each)}
    return tuple(_made(names, lambda word: shared[word] == 1 and word not in parties) for names in named)


def _made(names: tuple[_Name, ...], own: Callable[[str], bool]) -> _Followed:
    parts: set[str] = set()
    heads: set[str] = set()
    things: set[str] = set()
    bargains: list[frozenset[str]] = []
    verbs: set[str] = set()
    objects: set[str] = set()
    for name in names:
        which = frozenset(word for word in name.before if own(word))
        plain = name.head not in _BARGAIN and name.head not in _GENERAL
        if name.head in _BARGAIN and which:
            bargains.append(which)
        if len(name.words) > 1 and (name.head in _GENERAL or name.head in _BARGAIN):
            parts |= {word for word in which if _substantive(word, name)}
        elif len(name.words) > 1 and plain:
            parts |= {word for word in which & name.capitals if _substantive(word, name)}
            if own(name.head) and not name.behind:
                things.add(name.spelt)
        if name.proper and len(name.words) > 1 and own(name.head):
            heads.add(name.head)
        if name.head not in _BARGAIN:
            verbs |= verbs_of(name.head)
            objects |= name.behind | {word for word in name.before if not word.endswith(_ADJECTIVES)}
    return _Followed(
        names,
        frozenset(parts),
        frozenset(things),
        frozenset(heads),
        tuple(bargains),
        frozenset(verbs),
        frozenset(objects),
    )


def _substantive(word: str, name: _Name) -> bool:
    """Whether a word before a head is worth looking for alone: no state or capital, nor an adjective."""
    if len(word) < 4 or word in _places():
        return False
    return word in name.capitals or not (name.head in _BARGAIN or word.endswith(_ADJECTIVES))


@cache
def _places() -> frozenset[str]:
    """The words in the names of states, of their people and of their capitals."""
    data = load("states")
    rows = (*data["states"].values(), *data["territories"].values())
    return frozenset(
        word
        for row in rows
        for name in (row["name"], *(each for key in ("aliases", "people", "capital") for each in _listed(row.get(key))))
        for word in words_of(name)
    )


def _listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


@lru_cache(maxsize=1024)
def _name(name: str) -> _Name:
    words = words_of(name)
    link = next((at for at, word in enumerate(words) if at and word in _LINKS), len(words))
    before, behind = words[: link - 1], words[link + 1 :]
    proper = name[:1].isupper() and not name.isupper()
    capitals = frozenset(word for part in re.split(r"[\s–-]+", name) if part[:1].isupper() for word in words_of(part))
    spelt = [part for part in re.split(r"[\s–-]+", name.casefold()) if words_of(part)]
    rest = frozenset(word for word in behind if word not in _LINKS)
    head = spelt[link - 1] if link <= len(spelt) else words[link - 1]
    return _Name(words, words[link - 1], frozenset(before), rest, proper, capitals, head)


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """Return a name's words in normal form, without articles and hyphens."""
    parts = (_plain(part) for part in name.casefold().replace("-", " ").replace("–", " ").split())
    return tuple(part for part in parts if part not in ("the", "a", "an"))[:_LONGEST_NAME]


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return normal(word)


@lru_cache(maxsize=1024)
def verbs_of(noun: str) -> frozenset[str]:
    """Return the verbs that a noun may be made from, with a particle after "_": "recognition" gives "recognise"."""
    table = load("issues")["frame"]
    known = [pair.split() for pair in table["verbs"].split(";")]
    given = frozenset(verb for made, verb in known if made == noun)
    if given:
        return given
    found = {noun} if noun in _GENERAL else set()
    for line in table["endings"].split(";"):
        ending, *instead = line.split()
        stem = noun.removesuffix(ending)
        if stem == noun or len(stem) < 3:
            continue
        for new in instead:
            verb = stem + ("" if new == "-" else new)
            found.add(verb)
            if new == "-" and verb[-1] == verb[-2]:
                found.add(verb[:-1])
        break
    return frozenset(found)
