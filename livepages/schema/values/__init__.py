"""Values with rules of their own: addresses, the time, how an element looks, Markdown."""
