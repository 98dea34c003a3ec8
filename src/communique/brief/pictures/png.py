"""SVG as PNG."""

from __future__ import annotations


def png(svg: str, scale: float = 2.0) -> bytes:
    """Return a picture of ours as PNG, ``scale`` pixels for each of its units."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, background="white"))
