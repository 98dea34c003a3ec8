"""Answers that took long to work out, kept as long as the record is as it was."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

_MOST_HELD = 64
"""Answers that are kept, unless something else is said."""


class AnswerCache:
    """The newest ``most`` answers by what was asked; two who ask the same at once wait for one answer."""

    def __init__(self, most: int = _MOST_HELD) -> None:
        """Hold nothing yet."""
        self.most = most
        self._held: OrderedDict[Hashable, tuple[Lock, list[Any]]] = OrderedDict()
        self._lock = Lock()

    def answer(self, asked: Hashable, make: Callable[[], Any]) -> Any:
        """Return what ``make`` returned when this was asked first. What it raises is not kept."""
        with self._lock:
            lock, made = self._held.setdefault(asked, (Lock(), []))
            self._held.move_to_end(asked)
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        with lock:
            if not made:
                made.append(make())
        return made[0]
