"""Pages for people: the brief that an analyst hands on."""
