"""The matrix of positions: parties by issues."""

from __future__ import annotations

from communique.analysis.positions import Matrix
from communique.brief.pictures.svg import LINE, PAPER, SOFT, element, picture, shortened, text
from communique.model import Stance

STANCES = {
    Stance.FOR: "#2c6a3c",
    Stance.OPEN: "#0d6470",
    Stance.CONDITIONAL: "#6b3390",
    Stance.AGAINST: "#a33a12",
}
_LEFT, _TOP, _WIDE, _TALL = 170, 70, 130, 44


def matrix_picture(title: str, matrix: Matrix) -> str:
    """Return the matrix as SVG. A stale position is pale, an empty cell silence."""
    width = _LEFT + _WIDE * max(1, len(matrix.issues)) + 20
    height = _TOP + _TALL * max(1, len(matrix.parties)) + 20
    parts = [element("rect", width=width, height=height, fill=PAPER, class_="paper")]
    parts.append(text(14, 24, f"{shortened(title, 80)}, as of {matrix.as_of}", size=14, font_weight="600"))
    for at, issue in enumerate(matrix.issues):
        x = _LEFT + _WIDE * (at + 0.5)
        parts.append(text(x, _TOP - 10, shortened(issue.name, 19), text_anchor="middle"))
    for row, party in enumerate(matrix.parties):
        y = _TOP + _TALL * row
        parts.append(text(_LEFT - 12, y + _TALL / 2 + 4, shortened(party.name, 22), text_anchor="end"))
        for at, issue in enumerate(matrix.issues):
            cell = matrix.cells.get((party.key, issue.key))
            x = _LEFT + _WIDE * at
            parts.append(
                element(
                    "rect",
                    element("title", f"{party.name}, {issue.name}: {cell.told if cell else 'silence'}"),
                    x=x + 2,
                    y=y + 2,
                    width=_WIDE - 4,
                    height=_TALL - 4,
                    fill=STANCES[cell.stance] if cell else PAPER,
                    fill_opacity="0.25" if cell and cell.stale else "0.9" if cell else "0",
                    stroke=LINE,
                )
            )
            if cell:
                ink = SOFT if cell.stale else PAPER
                told = cell.stance.value + (" ?" if cell.tentative else "") + (" *" if cell.mixed else "")
                for down, size, words in ((20, 12, told), (35, 10, cell.since)):
                    place = x + _WIDE / 2, y + down
                    parts.append(text(*place, words, size=size, text_anchor="middle", fill=ink, class_=None))
    return picture(width, height, title, parts)
