"""What goes over the wire: operations, messages, frames, streams of patches."""
