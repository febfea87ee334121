"""Live web pages from one YAML file and a few plain Python functions."""

__version__ = "0.1.0"
