"""A page's main text, by trafilatura, and what the page says about itself."""

from __future__ import annotations

from communique.ingest import page_tree
from communique.ingest.metadata import PageMetadata, page_metadata


def page_text(page: str, url: str | None) -> tuple[PageMetadata, str]:
    """Return what the page says about itself, and its main text, paragraphs apart by empty lines; "" where it has none.

    ``url`` is where the page was had, None where it is not known. Raises whatever the extractor does, MemoryError too.
    """
    import trafilatura  # a second to import, and needed for pages only

    tree = trafilatura.load_html(page)
    if tree is None:
        return PageMetadata(), ""
    found = page_metadata(tree, url)
    page_tree.prepare(tree)
    page_tree.drop_offers(tree, found.walled)
    document = trafilatura.bare_extraction(tree, include_comments=False, include_tables=False)
    lines = [line for line in (getattr(document, "text", None) or "").split("\n") if line.strip()]
    if len(lines) == 1:
        # Of a short page the extractor makes one line, where the page has several.
        own = list(page_tree.blocks(tree))
        lines = own if len(own) > 1 and _letters("".join(own)) == _letters(lines[0]) else lines
    # A line is a paragraph here: an empty one after it says so, as no guess at plain text has to.
    return found, "\n\n".join(lines)


def _letters(text: str) -> str:
    return "".join(text.split())
