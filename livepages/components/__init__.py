"""The element types: every HTML element that can stand in a body, and the richer ones of livepages."""
