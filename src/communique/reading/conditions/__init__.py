"""What hangs on what: antecedent, consequent, kind, who holds a condition and who must act."""
