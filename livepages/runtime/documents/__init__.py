"""The documents of a site: which there are, who shows them, what happens when they change."""
