"""Over the record: positions, changes, contradictions, networks."""
