"""What people decided, as logs that are only appended to: judgements, merges, corrections."""
