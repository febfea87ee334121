"""A site that is edited while it is served."""
