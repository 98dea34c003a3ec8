"""The graph model for conflict resolution: options, states, preferences, stability, and what could unlock it."""

from __future__ import annotations

from communique.standoff.graph_model import (
    Concept,
    DecisionMaker,
    Direction,
    GraphModel,
    Level,
    Option,
    PayoffPreference,
    PreferenceStatement,
    RankingPreference,
    Shape,
    StatementPreference,
    StateSet,
    StatusQuo,
)
from communique.standoff.model_files import dump_model, load_model, model_text, parse_model
from communique.standoff.solution import Solution, solve

__all__ = [
    "Concept",
    "DecisionMaker",
    "Direction",
    "GraphModel",
    "Level",
    "Option",
    "PayoffPreference",
    "PreferenceStatement",
    "RankingPreference",
    "Shape",
    "Solution",
    "StateSet",
    "StatementPreference",
    "StatusQuo",
    "dump_model",
    "load_model",
    "model_text",
    "parse_model",
    "solve",
]
