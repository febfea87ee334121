"""Documents that many write at once: their text, their protocol, their store."""
