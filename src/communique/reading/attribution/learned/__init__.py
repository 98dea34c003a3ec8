"""A learned reader of attributions: a tagger over the parse, in NumPy alone; ``docs/learned-reader.md`` is its card."""
