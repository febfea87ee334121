"""The language: from a YAML file to a checked, immutable site. Knows nothing of the runtime."""
