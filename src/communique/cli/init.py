"""``communique init``: a new dossier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.endings import endings, tell
from communique.errors import BadDossier, MissingInput
from communique.files import real

if TYPE_CHECKING:
    from communique.ingest.dossier import Feed, Party


def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where the dossier is to be.")] = Path(),
    name: Annotated[
        str | None, typer.Option(metavar="WORDS", help="What the dossier is called.", show_default="the folder's name")
    ] = None,
    party: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME[=CODE]", help="A party, as Japan or Hamas or Kosovo=XKX; once for each."),
    ] = None,
    issue: Annotated[
        list[str] | None, typer.Option(metavar="WORDS", help="What is disputed or negotiated; once for each.")
    ] = None,
    feed: Annotated[list[str] | None, typer.Option(metavar="URL", help="A feed to watch; once for each.")] = None,
    opml: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="An OPML file whose feeds are to be watched, too.")
    ] = None,
) -> None:
    """Make a dossier: FOLDER/dossier.toml, which says what a dispute is about and where its reports come from.

    What you do not say stands in it as commented examples. A dossier that is there already is left as it is, but for
    feeds: where these are all that you give, those that it does not have are added at its end.

    Exit status: 0 done, 1 it could not be written, 2 wrong usage.
    """
    with endings():
        from communique.ingest.dossier import FILE, DisputedIssue, Dossier, Feed, parse_dossier, write_text
        from communique.ingest.dossier_feeds import add_feeds
        from communique.ingest.dossier_template import template

        path = folder / FILE
        listed = [each for file in opml or () for each in _listed(file)]
        feeds = tuple({each.url.casefold(): each for each in (*listed, *map(Feed, feed or ()))}.values())
        if feeds and path.is_file() and not (name or party or issue):
            added = add_feeds(path, feeds)
            tell(f"{path}: {added:,} feeds added, {len(feeds) - added:,} were there")
            return
        made = Dossier(
            name=name if name is not None else real(folder).name or "Dossier",
            parties=tuple(_party(words) for words in party or ()),
            issues=tuple(DisputedIssue(words.strip()) for words in issue or ()),
            feeds=feeds,
        )
        text = template(made)
        try:
            parse_dossier(text, path)
        except BadDossier as error:
            raise typer.BadParameter(error.reason) from None
        write_text(text, path)
        tell(f"made {path}: edit it, then: communique add {folder}")


def _listed(file: Path) -> tuple[Feed, ...]:
    """The feeds of an OPML file; those that are left out are told."""
    from communique.ingest.opml import MAX_BYTES, feeds_in_opml

    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise MissingInput(str(file), (error.strerror or str(error)).lower()) from error
    feeds, notes = feeds_in_opml(data, str(file))
    for note in notes:
        tell(f"{file}: note: {note}")
    if not feeds:
        raise BadDossier(str(file), "there is no feed in it")
    return feeds


def _party(words: str) -> Party:
    from communique.ingest.dossier import Party, country_of

    name, given, code = words.partition("=")
    return Party(name.strip(), code.strip().upper() if given else country_of(name))
