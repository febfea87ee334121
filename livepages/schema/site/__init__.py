"""What a checked site is made of."""
