"""What happens: the actions of the file, and what users change on fields."""
