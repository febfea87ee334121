"""Readers: each makes one thing of the site's tree, and reports what is wrong with it."""
