"""Who says what in whose words: sources, cues, contents, relays and responses."""
