"""What a statement says, and each half of a condition: made once, so that whoever comes later compares propositions."""
