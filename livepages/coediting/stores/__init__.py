"""What keeps documents: in memory, or in an SQLite file."""
