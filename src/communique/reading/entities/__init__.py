"""Who is named: states, bodies, offices and their holders, persons, organisations, outlets."""
