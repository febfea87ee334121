"""Rich text, in and out: Delta, HTML, Markdown."""
