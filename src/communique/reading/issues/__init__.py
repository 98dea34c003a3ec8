"""What is disputed or negotiated, under all its names, with claimants and their grounds."""
