"""Attributions by a verb in the passive: "the plan was rejected by the envoy", "reporters were told that"."""

from __future__ import annotations

from collections.abc import Iterator

from communique.lexicon.cues import cues
from communique.reading.attribution.candidates import Candidate, noun_phrase, verb_group
from communique.reading.attribution.verb_parts import end_of_complements, mode_of, pick
from communique.reading.constructions import Construction
from communique.reading.grammar.auxiliaries import has_active_auxiliary, has_passive_auxiliary, is_past_form
from communique.reading.grammar.labels import ACTIVE_SUBJECT, CLAUSAL_SUBJECT
from communique.reading.grammar.subjects import has_active_subject, has_passive_subject, passive_subject
from communique.reading.grammar.token_ranges import has_word, trim
from communique.reading.tokens import Tokens, TokenSpan


def is_passive(tokens: Tokens, v: int) -> bool:
    """Tell whether a cue verb stands in the passive."""
    if has_passive_subject(tokens, v):
        return True
    if not is_past_form(tokens, v):
        return False
    if tokens.has_child(v, "agent"):
        return not (has_active_subject(tokens, v) and tokens.has_child(v, "dobj"))
    # "Asked whether ..., he replied", "the minister, asked whether ...": he is the one asked.
    if tokens.dep[v] == "acl" and tokens.tag[v] == "VBN" and tokens.lemma[v] == "ask":
        return True
    # "The ship was boarded and told to leave": the auxiliary is shared.
    if tokens.dep[v] == "conj" and tokens.lemma[v] in cues().sets["addressed"] and tokens.has_child(v, "xcomp"):
        joined = has_passive_auxiliary(tokens, tokens.head[v]) and not has_active_auxiliary(tokens, v)
        if joined and not tokens.has_child(v, ACTIVE_SUBJECT, "dobj"):
            return True
    first = tokens.sentences[tokens.sentence[v]][0]
    return (
        tokens.dep[v] in {"advcl", CLAUSAL_SUBJECT}
        and tokens.lemma[v] in cues().sets["addressed"]
        and v <= first + 2
        and not has_active_subject(tokens, v)
    )


def passive(tokens: Tokens, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    """Yield the candidate of a verb in the passive: whoever stands after "by" is its source."""
    agent = tokens.child(v, "agent")
    by = tokens.child(agent, "pobj") if agent is not None else None
    name = pick(classes, "say", "think", "show", "blame", "praise", "direct", "cite", "want")
    subject = passive_subject(tokens, v)
    if subject is None and tokens.dep[v] in {"acl", "relcl"}:
        subject = tokens.head[v]
    if subject is None and tokens.dep[v] == "conj":
        subject = passive_subject(tokens, tokens.head[v])
    group = verb_group(tokens, v)
    source = (noun_phrase(tokens, by),) if by is not None else ()
    clause = tokens.child(v, "ccomp")
    infinitive = tokens.child(v, "xcomp", "oprd")
    content: tuple[TokenSpan, ...]
    head: int | None
    if clause is not None and (subject is None or tokens.lower[subject] in {"it", "there"}):
        content, head = (trim(tokens, tokens.subtree(clause)),), clause
        construction = Construction.PASSIVE_CLAUSE
    elif clause is not None and tokens.lemma[v] in cues().sets["addressed"]:
        content, head = (trim(tokens, tokens.subtree(clause)),), clause
        construction = Construction.PASSIVE_TOLD
    elif subject is None or infinitive is not None and by is not None and _carries_words(tokens, v, infinitive):
        return
    elif infinitive is not None:
        rest = (infinitive, tokens.right[infinitive] + 1)
        rest = (tokens.left[infinitive], rest[1])
        content, head = (noun_phrase(tokens, subject), trim(tokens, rest)), infinitive
        construction = Construction.PASSIVE_INFINITIVE
        if tokens.lemma[v] in cues().sets["addressed"]:
            content = (trim(tokens, rest),)
    else:
        start = v + 1
        end = end_of_complements(tokens, v, start)
        tail = (trim(tokens, (start, end)),) if end > start and by is None else ()
        content, head = (noun_phrase(tokens, subject), *tail), subject
        construction = Construction.PASSIVE_SUBJECT
    content = tuple(p for p in content if has_word(tokens, p))
    if content and not _only_carried(tokens, v, subject, by):
        yield Candidate(source, by, group, v, content, head, construction, name, mode_of(name))


def _carries_words(tokens: Tokens, v: int, infinitive: int) -> bool:
    """As in "she was reported by TASS to have called it a farce": she says so, the agency carries it."""
    return tokens.lemma[v] in cues().sets["carrying"] and tokens.lemma[infinitive] in cues().verbs


def _only_carried(tokens: Tokens, v: int, subject: int | None, by: int | None) -> bool:
    """As in "in remarks carried by TASS, he called it a farce": the remarks are told by his own verb."""
    hanging = tokens.dep[v] == "acl" and subject is not None and tokens.lower[subject] in cues().sets["utterances"]
    return hanging and by is not None and tokens.lemma[v] in cues().sets["carrying"]
