"""Pictures as SVG, the same on a page, in a brief and in a file, and as PNG."""
