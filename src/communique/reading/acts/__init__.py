"""What a statement does: assert, demand, offer, refuse and the like."""
