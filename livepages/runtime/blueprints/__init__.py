"""Blueprints: what pages are compiled to, once for all who open them."""
