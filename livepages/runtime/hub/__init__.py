"""A site at work: its hub, the events of its tabs, and what is told of what is wrong."""
