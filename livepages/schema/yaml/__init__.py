"""YAML to a tree that knows where everything stands."""
