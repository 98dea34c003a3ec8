"""Tell a capital that stands for its government from the city itself, by the words around it."""

from __future__ import annotations

from communique.lexicon import listed
from communique.reading.tokens import Words


def stands_for_government(words: Words, start: int, end: int) -> bool:
    """Tell whether the city named by tokens ``[start, end)`` is its government here."""
    head = _head(words, start, end)
    after = words.lower[end] if end < words.n else ""
    if _is_dateline(words, start, end):
        return False
    if after == "-" and words.start[end] == words.end[end - 1]:
        return False
    if start and words.lower[start - 1] == "-" and words.start[start] == words.end[start - 1]:
        return False
    if after in ("'s", "'", "’s", "’"):
        return _owns(words, end + 1)
    if after == "," and end + 1 < words.n and words.pos[end + 1] == "PROPN" and _place_name(words, end + 1):
        return False
    dep = words.dep[head]
    above = words.head[head]
    k = 0
    while dep in ("conj", "appos") and above != head and k < 8 and words.pos[above] in ("PROPN", "NOUN"):
        head, k = above, k + 1
        dep, above = words.dep[head], words.head[head]
    before = words.lower[start - 1] if start else ""
    if dep not in ("nsubj", "nsubjpass") or before in listed("metonyms", "inside"):
        by_word = _by_preposition(words, before, start)
        if by_word is not None:
            return by_word
    return _by_role(words, head, dep, above, end)


def _head(words: Words, start: int, end: int) -> int:
    for i in range(end - 1, start - 1, -1):
        if not start <= words.head[i] < end:
            return i
    return end - 1


def _owns(words: Words, i: int) -> bool:
    """As in "Tokyo's position" against "Tokyo's Haneda airport" and "Tokyo's streets"."""
    for k in range(i, min(i + 4, words.n)):
        if words.lower[k] in listed("metonyms", "parts"):
            return False
        if words.pos[k] == "PROPN" and k == i:
            return words.lower[k] in ("foreign", "defence", "defense", "prime", "president", "minister", "embassy")
        if words.pos[k] == "NOUN" and (k + 1 >= words.n or words.pos[k + 1] != "NOUN"):
            return True
    return True


def _is_dateline(words: Words, start: int, end: int) -> bool:
    """As in "TOKYO, June 5 (Kyodo) --", "Tokyo — ", "MOSCOW (Reuters) -" at the head of a paragraph."""
    if start and words.pos[start - 1] != "SPACE" and not words.text[start].isupper():
        return False
    window = words.lower[end : end + 9]
    if not window:
        return False
    if window[0] in ("-", "--", "—", "–", "("):
        return True
    return window[0] in (",", "/") and any(w in ("-", "--", "—", "–", "(") for w in window)


def _place_name(words: Words, i: int) -> bool:
    after = words.lower[i + 1] if i + 1 < words.n else ""
    return words.entity[i] in ("GPE", "LOC") and after not in ("and", "have", "has", "are", "were", "'s")


def _by_preposition(words: Words, before: str, start: int) -> bool | None:
    """Decide by the word right before the city; None where it does not tell."""
    if before in listed("metonyms", "inside"):
        return False
    if before in ("to", "from"):
        moves = listed("metonyms", "moves") if before == "to" else listed("metonyms", "comes")
        if start > 1 and words.lemma[start - 2] in listed("metonyms", "messages"):
            return True
        for k in range(max(0, start - 5), start - 1):
            if words.lemma[k] == "come" and before == "from":
                continue
            if words.lemma[k] in moves or words.lower[k] in moves:
                return False
        above = words.head[start - 1]
        if words.lemma[above] == "come" and before == "from":
            subject = words.child(above, "nsubj")
            return subject is not None and words.pos[subject] == "NOUN"
        return words.lemma[above] not in moves
    if before == "of":
        lemma = words.lemma[start - 2] if start > 1 else ""
        if lemma in listed("metonyms", "place_heads") or (
            start > 1 and words.lower[start - 2] in listed("metonyms", "place_heads")
        ):
            return False
        return not (start > 1 and words.pos[start - 2] == "PROPN")
    if before == "between":
        return not any(words.lower[k] in listed("metonyms", "journey") for k in range(max(0, start - 5), start - 1))
    if before in (
        "downtown",
        "central",
        "northern",
        "southern",
        "eastern",
        "western",
        "nearby",
        "inner",
        "greater",
        "city",
        "capital",
        "beautiful",
        "rainy",
        "wartime",
    ):
        return False
    return None


def _by_role(words: Words, head: int, dep: str, above: int, end: int) -> bool:
    if dep in ("nsubj", "nsubjpass"):
        lemma = words.lemma[above]
        if dep == "nsubjpass" or words.has_child(above, "auxpass"):
            return lemma not in listed("metonyms", "struck")
        if lemma in listed("metonyms", "lies"):
            return False
        if lemma == "be":
            what = words.child(above, "attr")
            return what is None or words.lemma[what] not in ("city", "capital", "place", "port", "home", "town", "host")
        return True
    if dep in ("dobj", "dative", "obj"):
        return words.lemma[above] not in listed("metonyms", "struck")
    if dep in ("compound", "nmod", "amod"):
        if (
            head
            and words.pos[head - 1] == "VERB"
            and words.lemma[head - 1] not in listed("metonyms", "struck") | listed("metonyms", "moves")
        ):
            return True
        nxt = words.lower[end] if end < words.n else ""
        if end < words.n and words.pos[end] not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return True
        return nxt in (
            "officials",
            "authorities",
            "government",
            "diplomats",
            "leaders",
            "leadership",
            "negotiators",
            "regime",
            "administration",
            "side",
        )
    if dep == "pobj":
        link = words.lower[above]
        if link in ("to", "from", "of"):
            return words.pos[words.head[above]] in ("NOUN", "VERB")
        return (
            link in listed("metonyms", "links")
            and link not in ("for", "after", "before", "under", "behind")
            or link == "for"
            and (
                words.dep[above] == "prep"
                and above < words.n
                and words.pos[words.head[above]] in ("NOUN", "VERB", "AUX")
                and words.lemma[words.head[above]] not in ("leave", "depart", "head", "fly", "bind")
            )
        )
    if dep == "poss":
        return True
    return (
        dep in ("ROOT", "ccomp", "npadvmod", "dep", "attr")
        and end < words.n
        and (words.pos[end] in ("VERB", "AUX") or words.lower[end] == ":")
    )
