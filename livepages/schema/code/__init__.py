"""The site's own Python code: found, imported, and told apart from how it was."""
