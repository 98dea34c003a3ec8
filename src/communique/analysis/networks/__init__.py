"""Discourse networks: who stands with whom, and who on what, from coded statements.

>>> from communique.analysis.networks import Aggregation, CodedStatement, Settings, coded, network
>>> said = [CodedStatement("Tokyo", "sanctions", 1), CodedStatement("Moscow", "sanctions", 0)]
>>> network(coded(said), Settings(aggregation=Aggregation.CONFLICT)).matrix.tolist()
[[0.0, 1.0], [1.0, 0.0]]
"""

from __future__ import annotations

from communique.analysis.networks.matrices import Network, network
from communique.analysis.networks.settings import Aggregation, Duplicates, Mode, Normalization, Settings
from communique.analysis.networks.statements import Coded, CodedStatement, coded

__all__ = [
    "Aggregation",
    "Coded",
    "CodedStatement",
    "Duplicates",
    "Mode",
    "Network",
    "Normalization",
    "Settings",
    "coded",
    "network",
]
