"""What follows state by itself: bound values, branches, repeated elements, titles."""
