"""Reports in: from text, HTML and JSON Lines files, folders and standard input."""

from __future__ import annotations

from communique.ingest.arrivals import Arrival, Source
from communique.ingest.gather import gather

__all__ = ["Arrival", "Source", "gather"]
