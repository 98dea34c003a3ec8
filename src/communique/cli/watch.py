"""``communique watch``: the feeds of a dossier, polled into the record."""

from __future__ import annotations

import json
import sys
import threading
import time
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.add import AllowLoopback
from communique.cli.endings import endings, tell
from communique.cli.options import Model
from communique.cli.record_place import DEFAULT, RecordPlace

if TYPE_CHECKING:
    from communique.collect.feeds import Web
    from communique.collect.intake import Outcome
    from communique.ingest.dossier import Dossier, Feed
    from communique.record import Record


def watch(
    dossier: Annotated[str, typer.Argument(metavar="DOSSIER", help="A dossier's folder or file.", show_default=False)],
    where: RecordPlace = DEFAULT,
    once: Annotated[bool, typer.Option("--once", help="Ask each feed once, and end.")] = False,
    every: Annotated[
        float, typer.Option("--every", min=1, metavar="MINUTES", help="Minutes from one round to the next.")
    ] = 15,
    allow_loopback: AllowLoopback = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what became of each report, one JSON a line.")] = False,
    model: Model = None,
) -> None:
    """Ask a dossier's feeds for what is new, and keep it: round after round until Ctrl-C, or --once.

    Each new or edited report is a line on stdout. A feed is asked only for what changed; one that moved is followed,
    one that is gone is left alone. What cannot be had or read is named on stderr, and the rest goes on.

    Exit status: 0 done, 1 a feed or an entry failed in the last round, 2 wrong usage, 130 Ctrl-C.
    """
    with endings():
        from communique.collect.feeds import Web
        from communique.errors import BadDossier, MissingInput, RecordBusy, RecordFailed, RecordGone
        from communique.ingest.dossier import dossier_file, load_dossier
        from communique.record import Record

        file = dossier_file(dossier)
        if file is None:
            raise BadDossier(dossier, "there is no dossier here; `communique init` makes one")
        web = Web(allow_loopback=allow_loopback)
        with Record.open(where, create=True) as record:
            begun = False
            while True:
                try:
                    # Read anew each time: feeds may be added while it runs.
                    found = load_dossier(file)
                    if not found.feeds:
                        raise BadDossier(str(file), "it names no feed to watch")
                    failed = _round(record, found, web, model, as_json)
                except (BadDossier, MissingInput, RecordBusy, RecordFailed) as error:
                    if once or not begun or isinstance(error, RecordGone):
                        raise
                    tell(f"{error}; tried again in {every:g} minutes")
                begun = True
                if once:
                    break
                time.sleep(every * 60)
        if failed:
            raise typer.Exit(1)


def _round(record: Record, dossier: Dossier, web: Web, model: str | None, as_json: bool) -> int:
    from communique.collect.feeds import Polled, poll
    from communique.collect.reframing import follow
    from communique.collect.rounds import side_by_side
    from communique.errors import FetchFailed, ModelMissing, RecordBusy, RecordDamaged, RecordFailed
    from communique.ingest.dossier import RobotsPolicy
    from communique.ingest.fetch import shown

    speaking = threading.Lock()

    def told(outcome: Outcome) -> None:
        with speaking:
            _say(outcome, as_json)

    def noted(words: str) -> None:
        with speaking:
            tell(words)

    def ask(feed: Feed) -> Polled:
        return poll(record, feed.url, told, web=web, model=model, outlet=feed.outlet, outlet_of=outlet_of, noted=noted)

    def outlet_of(host: str) -> str | None:
        known = dossier.outlet_of(host)
        return known.name if known else None

    failed = 0
    web.heeds_robots = dossier.robots is not RobotsPolicy.IGNORE
    follow(record, dossier.name, dossier.frame)
    web.new_round()
    for feed, polled in side_by_side(dossier.feeds, ask):
        if isinstance(polled, RecordBusy | RecordDamaged | RecordFailed | ModelMissing):
            raise polled
        if isinstance(polled, Exception):
            # Whatever breaks on one feed is that feed's failure.
            told(FetchFailed(shown(feed.url), f"it cannot be dealt with ({type(polled).__name__}: {polled})"))
            failed += 1
            continue
        failed += polled.failed
        if not polled.failed:
            noted(f"{polled.url}: {polled.said}")
    record.join_aliases("issue", [(issue.name, *issue.aliases) for issue in dossier.issues])
    return failed


def _say(outcome: Outcome, as_json: bool) -> None:
    from communique.cli.terminal_words import plain
    from communique.collect.intake import Fate, Kept

    if not isinstance(outcome, Kept):
        tell(str(outcome))
        return
    if outcome.fate is Fate.HELD and not as_json:
        return
    report = outcome.arrival.report
    if as_json:
        line = json.dumps({"report": outcome.key, "fate": outcome.fate.value, "where": outcome.arrival.where})
    else:
        shown = (outcome.fate.value, outcome.key, report.outlet or "", report.published or "", report.title or "")
        line = "  ".join(plain(each) for each in shown if each)
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
