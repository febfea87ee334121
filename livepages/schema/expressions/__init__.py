"""Expressions and their filters: read, checked and evaluated."""
