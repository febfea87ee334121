"""The protocol of y-websocket: its messages, what they hold, and what of it is not to be taken in."""
