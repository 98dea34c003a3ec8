"""Many feeds asked side by side, within a bound: one that is slow or broken delays and ends no other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

AT_ONCE = 32
"""Feeds that are asked at a time. Most of the time goes by waiting for servers; reading is done by one at a time."""

_LOOK_UP = 0.2  # seconds after which Ctrl-C is noticed

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def side_by_side(
    asked: Sequence[Asked], ask: Callable[[Asked], Answer], at_once: int = AT_ONCE
) -> Iterator[tuple[Asked, Answer | Exception]]:
    """Yield each with what ``ask`` returned or raised, as soon as it is known.

    Whoever stops listening leaves those that are under way to themselves; no further one is begun.
    """
    waiting: SimpleQueue[Asked] = SimpleQueue()
    done: SimpleQueue[tuple[Asked, Answer | Exception]] = SimpleQueue()
    stopped = threading.Event()
    for each in asked:
        waiting.put(each)

    def work() -> None:
        while not stopped.is_set():
            try:
                each = waiting.get_nowait()
            except Empty:
                return
            try:
                done.put((each, ask(each)))
            except Exception as error:
                done.put((each, error))

    # Daemons, since one that waits for a silent server must not keep the program from ending.
    for _ in range(min(at_once, len(asked))):
        threading.Thread(target=work, daemon=True).start()
    try:
        for _ in asked:
            while True:
                try:
                    found = done.get(timeout=_LOOK_UP)
                except Empty:
                    continue
                break
            yield found
    finally:
        stopped.set()
