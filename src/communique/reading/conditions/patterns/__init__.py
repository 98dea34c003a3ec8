"""The constructions by which English states a condition, one kind a file."""
