"""Live pages, and what handlers have of them."""
