"""One report read: statements, actors, conditions, issues; one stage a file."""
