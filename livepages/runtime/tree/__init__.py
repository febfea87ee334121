"""The tree of one live page: what differs from its blueprint, and the patches that tell of it."""
