"""What ``communique network`` prints and writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import typer

from communique.analysis import networks
from communique.analysis.networks import Aggregation, NetworkMode, Normalization, Settings
from communique.cli.row_formats import Column, write_rows
from communique.cli.terminal_words import plain
from communique.errors import BadNetwork

if TYPE_CHECKING:
    from communique.analysis.networks import Backbone, Coded, Communities, Network, Polarisation, Windows

KINDS = ("graphml", "gexf", "csv", "json", "svg", "png")
_STILL = ("graphml", "svg", "png")
_MOST_COLUMNS, _MOST_ROWS = 6, 20
_TENTATIVE = " ?"


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a network is wanted."""

    settings: Settings
    windows: Windows | None
    polarisation: bool
    communities: bool
    backbone: int
    limit: int
    title: str


@dataclass(frozen=True, slots=True)
class MeasuredNetwork:
    """A network with what was found in it."""

    network: Network
    polarisation: Polarisation | None
    communities: Communities | None


def kind_of(out: Path | None, as_json: bool, as_csv: bool, windowed: bool) -> str:
    """Return what to write: "json", "csv", another of `KINDS` by the file's name, or "table"."""
    kind = "json" if as_json else "csv" if as_csv else "table"
    if kind == "table" and out is not None and out.suffix:
        kind = out.suffix.lower().lstrip(".")
        if kind == "txt":
            kind = "table"
        elif kind not in KINDS:
            raise typer.BadParameter(f"{out.name}: the name must end in .{', .'.join(KINDS)}", param_hint="-o")
    if windowed and kind in _STILL:
        raise typer.BadParameter(f".{kind} holds one network; of windows, write .gexf, .json or .csv", param_hint="-o")
    return kind


def show(statements: Coded, asked: Shown, kind: str, stream: BinaryIO) -> None:
    """Write the network, or the networks of the windows. Raises BadNetwork, NetworkTooLarge, MissingExtra."""
    backed = None
    if asked.backbone:
        from communique.analysis.networks.backbones import on_backbone

        backed = networks.backbone(statements, asked.settings, asked.backbone)
        statements = on_backbone(statements, backed)
    found = _series(statements, asked) if asked.windows else iter([_one(statements, asked)])
    match kind:
        case "json":
            for each in found:
                stream.write(json.dumps(_data(each, backed), ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        case "csv" if asked.windows:
            networks.write_ties((each.network for each in found), stream)
        case "csv":
            networks.write_matrix(next(found).network, stream)
        case "gexf":
            held = list(found)
            if not held:
                raise BadNetwork(asked.title, "no statement is left: there is nothing to write")
            networks.write_gexf([each.network for each in held], stream, _groups(held[0]) if len(held) == 1 else None)
        case "graphml":
            one = next(found)
            networks.write_graphml(one.network, stream, _groups(one))
        case "svg" | "png":
            _picture(next(found), asked.title, kind, stream)
        case _ if asked.windows:
            _series_table(found, asked, stream)
        case _:
            _table(next(found), backed, asked, stream)


def _one(statements: Coded, asked: Shown) -> MeasuredNetwork:
    made = networks.network(statements, asked.settings)
    split = None
    if asked.polarisation:
        agree, differ = (networks.network(statements, settings) for settings in _pair(asked.settings))
        split = networks.polarisation(agree, differ)
    return MeasuredNetwork(made, split, networks.communities(made) if asked.communities else None)


def _series(statements: Coded, asked: Shown) -> Iterator[MeasuredNetwork]:
    assert asked.windows
    made = networks.series(statements, asked.settings, asked.windows)
    if not asked.polarisation:
        for each in made:
            yield MeasuredNetwork(each, None, networks.communities(each) if asked.communities else None)
        return
    agree, differ = (networks.series(statements, settings, asked.windows) for settings in _pair(asked.settings))
    if asked.settings.aggregation is Aggregation.IGNORE:
        raise BadNetwork("polarisation", "of windows, it takes an aggregation that does not ignore the qualifier")
    for each, one, other in zip(made, agree, differ, strict=True):
        yield MeasuredNetwork(
            each, networks.polarisation(one, other), networks.communities(each) if asked.communities else None
        )


def _pair(settings: Settings) -> tuple[Settings, Settings]:
    """The congruence and the conflict network that go with a network."""
    one = settings.mode is NetworkMode.ONE
    normalization = settings.normalization if one else Normalization.NONE
    agree = replace(settings, mode=NetworkMode.ONE, aggregation=Aggregation.CONGRUENCE, normalization=normalization)
    return agree, replace(agree, aggregation=Aggregation.CONFLICT)


def _data(found: MeasuredNetwork, backed: Backbone | None) -> dict[str, Any]:
    data = networks.as_data(found.network)
    if found.polarisation:
        split = found.polarisation
        data["polarisation"] = {
            "score": split.score,
            "camps": [list(camp) for camp in split.camps],
            "unaligned": list(split.unaligned),
        }
    if found.communities:
        groups = [list(group) for group in found.communities.groups]
        data["communities"] = {"groups": groups, "modularity": found.communities.modularity}
    if backed:
        redundant = [{"concept": concept, "loss": loss} for concept, loss in backed.redundant]
        data["backbone"] = {"kept": list(backed.kept), "redundant": redundant}
    return data


def _groups(found: MeasuredNetwork) -> dict[str, dict[str, int]]:
    groups = {}
    if found.communities:
        groups["community"] = _numbered(found.communities.groups)
    if found.polarisation:
        groups["camp"] = _numbered(found.polarisation.camps)
    return groups


def _numbered(groups: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {name: number for number, group in enumerate(groups, 1) for name in group}


def _picture(found: MeasuredNetwork, title: str, kind: str, stream: BinaryIO) -> None:
    from communique.brief.pictures.network import network_picture
    from communique.brief.pictures.png import png

    groups = _groups(found)
    coloured = groups.get("community") or groups.get("camp")
    svg = network_picture(title, found.network, {name: at - 1 for name, at in coloured.items()} if coloured else None)
    stream.write(png(svg) if kind == "png" else svg.encode("utf-8", "replace"))


def _table(found: MeasuredNetwork, backed: Backbone | None, asked: Shown, stream: BinaryIO) -> None:
    made = found.network
    two = made.settings.mode is NetworkMode.TWO
    _say(stream, f"{len(made.rows):,} actors, {len(made.cols):,} concepts" if two else f"{len(made.rows):,} actors")
    _say(stream, f", {made.statements:,} statements; {made.settings.mode}-mode, {made.settings.aggregation}")
    _say(stream, f", normalization {made.settings.normalization}, duplicates {made.settings.duplicates}\n")
    if found.polarisation:
        _say(stream, f"Polarisation {found.polarisation.score:.3f} (0 none, 1 two camps of equal weight)\n")
    if found.communities:
        _say(stream, f"{len(found.communities.groups):,} communities, modularity {found.communities.modularity:.3f}\n")
    if 0 < len(made.cols) <= _MOST_COLUMNS and len(made.rows) <= _MOST_ROWS:
        _matrix(made, stream)
    else:
        _ties(made, asked.limit, stream)
    if made.tentative:
        _say(stream, f"{_TENTATIVE.strip()} to check: rests on tentative positions alone\n")
    _members(found, stream)
    if backed:
        rows: list[dict[str, Any]] = [{"concept": name, "loss": "kept"} for name in backed.kept]
        rows += [{"concept": name, "loss": f"{loss:.4f}"} for name, loss in reversed(backed.redundant)]
        columns = [Column("concept", "Concept"), Column("loss", "Loss when taken out")]
        write_rows(rows, stream, columns=columns)


def _matrix(made: Network, stream: BinaryIO) -> None:
    rows = [
        {"": name, **{str(col): _number(cell) + _mark(made, row, col) for col, cell in enumerate(cells)}}
        for row, (name, cells) in enumerate(zip(made.rows, made.matrix.tolist(), strict=True))
    ]
    columns = [Column("", ""), *(Column(str(at), plain(name, 60)) for at, name in enumerate(made.cols))]
    write_rows(rows, stream, columns=columns)


def _ties(made: Network, limit: int, stream: BinaryIO) -> None:
    ties = sorted(made.ties(), key=lambda tie: (-abs(tie[2]), tie))
    shown = ties[:limit] if limit else ties
    rows = [
        {"row": made.rows[row], "col": made.cols[col], "weight": _number(weight) + _mark(made, row, col)}
        for row, col, weight in shown
    ]
    headings = ("Actor", "Concept" if made.settings.mode is NetworkMode.TWO else "Actor", "Weight")
    columns = [Column(name, heading) for name, heading in zip(("row", "col", "weight"), headings, strict=True)]
    write_rows(rows, stream, columns=columns, nothing="No ties.")
    if len(shown) < len(ties):
        _say(stream, f"The {len(shown):,} strongest of {len(ties):,} ties; --limit 0 shows all.\n")


def _members(found: MeasuredNetwork, stream: BinaryIO) -> None:
    groups = _groups(found)
    if groups:
        rows = [
            {"actor": name, **{kind: held.get(name) for kind, held in groups.items()}} for name in found.network.rows
        ]
        columns = [Column("actor", "Actor"), *(Column(kind, kind.capitalize()) for kind in groups)]
        write_rows(rows, stream, columns=columns)


def _series_table(found: Iterator[MeasuredNetwork], asked: Shown, stream: BinaryIO) -> None:
    columns = [Column("start", "From"), Column("end", "To"), Column("statements", "Statements")]
    columns += [Column("actors", "Actors"), Column("ties", "Ties"), Column("sum", "Sum of ties")]
    columns += [Column("polarisation", "Polarisation")] if asked.polarisation else []
    columns += [Column("communities", "Communities")] if asked.communities else []
    write_rows(map(_window_row, found), stream, columns=columns, nothing="No statement is left.")


def _window_row(found: MeasuredNetwork) -> dict[str, Any]:
    weights = [weight for *_, weight in found.network.ties()]
    return {
        "start": found.network.start,
        "end": found.network.end,
        "statements": found.network.statements,
        "actors": len(found.network.rows),
        "ties": len(weights),
        "sum": _number(sum(weights)),
        "polarisation": found.polarisation and f"{found.polarisation.score:.3f}",
        "communities": found.communities and len(found.communities.groups),
    }


def _mark(made: Network, row: int, col: int) -> str:
    return _TENTATIVE if (row, col) in made.tentative else ""


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if value else "0"


def _say(stream: BinaryIO, words: str) -> None:
    stream.write(words.encode("utf-8", "replace"))
