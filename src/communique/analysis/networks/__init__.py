"""Discourse networks: who stands with whom, and who on what, from coded statements.

>>> from communique.analysis.networks import Aggregation, CodedStatement, Settings, coded, network
>>> said = [CodedStatement("Tokyo", "sanctions", 1), CodedStatement("Moscow", "sanctions", 0)]
>>> network(coded(said), Settings(aggregation=Aggregation.CONFLICT)).matrix.tolist()
[[0.0, 1.0], [1.0, 0.0]]

Importing it is light: NumPy is loaded with the first thing that needs it, SciPy with the first large network.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from communique.analysis.networks.settings import (
    Aggregation,
    Duplicates,
    Kernel,
    NetworkMode,
    Normalization,
    Settings,
    Unit,
)

if TYPE_CHECKING:
    from communique.analysis.networks.backbones import Backbone, backbone
    from communique.analysis.networks.camps import Communities, Polarisation, communities, polarisation
    from communique.analysis.networks.coded_statements import Coded, CodedStatement, coded
    from communique.analysis.networks.coded_tables import Columns, read_table
    from communique.analysis.networks.matrices import Network, network
    from communique.analysis.networks.recorded import read_record
    from communique.analysis.networks.windows import Windows, series
    from communique.analysis.networks.writing import (
        as_data,
        frame,
        ties_frame,
        write_gexf,
        write_graphml,
        write_matrix,
        write_ties,
    )

__all__ = [
    "Aggregation",
    "Backbone",
    "Coded",
    "CodedStatement",
    "Columns",
    "Communities",
    "Duplicates",
    "Kernel",
    "Network",
    "NetworkMode",
    "Normalization",
    "Polarisation",
    "Settings",
    "Unit",
    "Windows",
    "as_data",
    "backbone",
    "coded",
    "communities",
    "frame",
    "network",
    "polarisation",
    "read_record",
    "read_table",
    "series",
    "ties_frame",
    "write_gexf",
    "write_graphml",
    "write_matrix",
    "write_ties",
]

_PLACES = {
    "Backbone": "backbones",
    "backbone": "backbones",
    "Communities": "camps",
    "Polarisation": "camps",
    "communities": "camps",
    "polarisation": "camps",
    "Network": "matrices",
    "network": "matrices",
    "read_record": "recorded",
    "Coded": "coded_statements",
    "CodedStatement": "coded_statements",
    "coded": "coded_statements",
    "Columns": "coded_tables",
    "read_table": "coded_tables",
    "Windows": "windows",
    "series": "windows",
    **dict.fromkeys(("as_data", "frame", "ties_frame"), "writing"),
    **dict.fromkeys(("write_gexf", "write_graphml", "write_matrix", "write_ties"), "writing"),
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
