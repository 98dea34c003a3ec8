"""Which mentions are of one actor: pronouns, definite descriptions, repeated names."""
