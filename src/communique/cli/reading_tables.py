"""Readings as tables on a terminal: who, what it does, the words, what hangs on what."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.terminal import unshielded
from communique.cli.terminal_words import plain
from communique.model import Condition, ConditionKind, Reading, Report, Spans, Statement

_WIDTH = 120  # columns, where the output is no terminal
_LONGEST = 600  # characters of a cell


def tables(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write each reading as a table, coloured where the stream is a terminal."""
    shown = hasattr(stream, "isatty") and stream.isatty()
    text = io.TextIOWrapper(unshielded(stream), encoding="utf-8", errors="replace", write_through=True)
    try:
        console = Console(file=text, width=None if shown else _WIDTH, highlight=False, markup=False, emoji=False)
        for reading in readings:
            _report(console, reading)
        text.flush()
    finally:
        text.detach()


def _report(console: Console, reading: Reading) -> None:
    console.print(_heading(reading.report))
    shown = _ReadingLines(reading)
    if reading.statements:
        table = Table(box=box.ROUNDED, show_lines=True, expand=True, title_justify="left")
        table.add_column("Who", ratio=3)
        table.add_column("Act", ratio=2)
        table.add_column("What, and the words it rests on", ratio=11)
        table.add_column("", justify="right", width=4)
        for statement in reading.statements:
            table.add_row(*shown.row(statement))
        console.print(table)
    else:
        console.print("No statements found.")
    loose = [condition for condition in reading.conditions if condition.statement is None]
    if loose:
        console.print("Conditions that the report itself states:")
        for condition in loose:
            console.print(Text("  ").append_text(shown.condition(condition)), soft_wrap=True)
    if reading.issues:
        console.print("Issues:")
        for line in shown.issues():
            console.print(Text(f"  {line}"), soft_wrap=True)
    console.print()


def _heading(report: Report) -> Text:
    heading = Text(plain(report.title or report.id or "Report", 200), style="bold")
    known = [plain(part, 200) for part in (report.outlet, report.published, report.url) if part]
    if report.title and report.id:
        known.append(plain(report.id, 200))
    if known:
        heading.append("  " + ", ".join(known), style="not bold")
    return heading


class _ReadingLines:
    """One reading, and the lines that tell of it."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.report.text
        self.reading = reading
        self.names = {actor.id: plain(actor.name, 80) for actor in reading.actors}
        self.countries = {actor.id: actor.country for actor in reading.actors}
        self.conditions = {condition.id: condition for condition in reading.conditions}

    def row(self, s: Statement) -> tuple[Text, Text, Text, Text]:
        what = Text(self.words(s.content))
        for name in s.conditions:
            if name in self.conditions:
                what.append("\n").append_text(self.condition(self.conditions[name]))
        evidence = [span for spans in (s.source, s.cue, s.content) for span in spans if span[1] > span[0]]
        if evidence:
            start, end = min(span[0] for span in evidence), max(span[1] for span in evidence)
            what.append(f"\n[{start}-{end}] {plain(self.text[start:end], _LONGEST)}", style="dim")
        sure = Text(f"{s.confidence:.2f}")
        if s.speaker_confidence is not None:
            sure.append(f"\nwho {s.speaker_confidence:.2f}", style="dim")
        return self.who(s), Text(s.act.value), what, sure

    def who(self, s: Statement) -> Text:
        who = Text(self.name(s.speaker) if s.speaker else self.words(s.source) or "(nobody named)", style="bold")
        country = self.countries.get(s.speaker or "")
        if country:
            who.append(f" {country}", style="not bold")
        if s.chain:
            who.append("\nvia " + ", ".join(self.name(relay.actor) for relay in s.chain), style="not bold")
        if s.addressee:
            who.append("\nto " + ", ".join(self.name(actor) for actor in s.addressee), style="not bold")
        return who

    def condition(self, c: Condition) -> Text:
        if c.kind is ConditionKind.WAIVED:
            said = f"◆ without condition: {self.words(c.cue or c.antecedent)}"
        else:
            said = f"◆ {c.kind.value}: {self.words(c.antecedent)} → {self.words(c.consequent)}"
        parties = []
        if c.holder:
            parts = "waived by" if c.kind is ConditionKind.WAIVED else "set by"
            parties.append(f"{parts} {self.name(c.holder)}")
        if c.must_act:
            likely = "" if c.must_act_confidence is None else f" ({c.must_act_confidence:.2f})"
            parties.append(f"{self.name(c.must_act)} must act{likely}")
        parties.append(f"{c.confidence:.2f}")
        return Text(f"{said} ({'; '.join(parties)})", style="italic")

    def issues(self) -> Iterable[str]:
        for issue in self.reading.issues:
            line = plain(issue.name, 120)
            if issue.aliases:
                line += f" (also: {'; '.join(plain(alias, 80) for alias in issue.aliases)})"
            claims = [
                self.name(claim.actor) + (f" on the grounds of “{self.words(claim.grounds)}”" if claim.grounds else "")
                for claim in issue.claims
            ]
            yield line + (f": claimed by {', '.join(claims)}" if claims else "")

    def name(self, actor: str) -> str:
        return self.names.get(actor, plain(actor, 80))

    def words(self, spans: Spans) -> str:
        return plain(" … ".join(self.text[start:end] for start, end in spans), _LONGEST)
