"""What if: a party drops a condition, meets one, takes an option or leaves it."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.errors import UnknownInStandoff
from communique.standoff.derived.derivation import Derived
from communique.standoff.edits import DropStatement, Edit, FixOption, edited
from communique.standoff.graph_model import GraphModel

_CONDITION = re.compile(r"(?P<who>.+?)\s+(?P<does>drops|meets)\s+condition\s+(?P<number>\d+)\s*\Z", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_LONGEST = 12
_MOST_NAMED = 12
"""Questions that an error names as ones that can be asked."""

"""Pieces that a part is looked for in."""
_OPTION = re.compile(r"(?P<does>take|leave)s?\s+(?P<option>.+)\Z", re.IGNORECASE)


def what_if(derived: Derived, sentence: str) -> GraphModel:
    """Return the model as it would be: "Russia drops condition 3", "Japan meets condition 1", "take OPTION", "leave
    OPTION", or several of these joined by "and". An option is by its name or its number.

    Raises UnknownInStandoff, which lists what can be said, ValueError where there is no model.
    """
    if derived.model is None:
        raise ValueError("there is no model")
    edits = _in_order(_parted(derived, sentence.strip()))
    model = edited(derived.model, edits)
    # What is settled is so in the status quo too.
    settled = {edit.option: edit.taken for edit in edits if isinstance(edit, FixOption)}
    if model.status_quo is None or not settled:
        return model
    before = [name for name in model.status_quo.taken if settled.get(name, True)]
    taken = dict.fromkeys((*before, *(name for name, is_taken in settled.items() if is_taken)))
    return replace(model, status_quo=replace(model.status_quo, taken=tuple(taken)))


def _parted(derived: Derived, sentence: str) -> list[Edit]:
    """The edits of what "and" joins; names ("Bosnia and Herzegovina") have it too, so the longest part that is one."""
    pieces = _AND.split(sentence)
    found: list[Edit] = []
    start = 0
    while start < len(pieces):
        for end in range(min(len(pieces), start + _LONGEST), start, -1):
            edits = _edits(derived, " and ".join(pieces[start:end]))
            if edits is not None:
                found += edits
                start = end
                break
        else:
            raise _unknown(derived, " and ".join(pieces[start:]))
    return found


def _in_order(edits: list[Edit]) -> list[Edit]:
    """Statements are dropped from the last to the first, so that the numbers stay right."""
    dropped = sorted({edit for edit in edits if isinstance(edit, DropStatement)}, key=lambda edit: -edit.number)
    return [*dropped, *dict.fromkeys(edit for edit in edits if not isinstance(edit, DropStatement))]


def possible(derived: Derived) -> list[str]:
    """Return what can be asked."""
    said = [f"{each.holder_name} drops condition {each.number}" for each in derived.modelled]
    said += [f"{each.must_act_name} meets condition {each.number}" for each in derived.modelled]
    return said + [f"take {action.option}" for action in derived.actions]


def _edits(derived: Derived, sentence: str) -> list[Edit] | None:
    """The edits that one part asks for, None where it asks for nothing that is known."""
    asked = _CONDITION.match(sentence)
    if asked:
        return _on_condition(derived, asked["who"], asked["does"].lower(), int(asked["number"]))
    option = _OPTION.match(sentence)
    if option:
        names = [action.option for action in derived.actions]
        wanted = option["option"].strip()
        given = names[int(wanted) - 1] if wanted.isdecimal() and 0 < int(wanted) <= len(names) else wanted
        found = next((name for name in names if name.casefold() == given.casefold()), None)
        if found:
            return [FixOption(found, option["does"].lower() == "take")]
    return None


def _on_condition(derived: Derived, who: str, does: str, number: int) -> list[Edit] | None:
    each = next((each for each in derived.modelled if each.number == number), None)
    if each is None:
        return None
    actor = each.holder_name if does == "drops" else each.must_act_name
    if who.casefold() != actor.casefold():
        return None
    if does == "meets":
        met = next(
            a.option for a in derived.actions if a.party == each.must_act and any(s in each.evidence for s in a.said)
        )
        return [FixOption(met, True)]
    own = [r for r in derived.ranked if r.party == each.holder]
    numbers = [at for at, r in enumerate(own, 1) if r.precondition == number]
    return [DropStatement(each.holder_name, at) for at in reversed(numbers)]


def _unknown(derived: Derived, sentence: str) -> UnknownInStandoff:
    told = "; ".join(possible(derived)[:_MOST_NAMED])
    return UnknownInStandoff(sentence, f"this cannot be asked here; one can ask: {told}")
