"""The graph model of an issue, derived from what the parties say; the engine beside it knows nothing of news."""
