"""Mistakes that show only when things are seen together."""
