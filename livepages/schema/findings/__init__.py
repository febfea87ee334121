"""What is found wrong, where it stands, and how that is told."""
