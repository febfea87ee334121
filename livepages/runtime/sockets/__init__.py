"""The WebSockets of a site, and the server that they come to."""
