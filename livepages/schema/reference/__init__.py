"""What the language has, for people, editors and tools."""
