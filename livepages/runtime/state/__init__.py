"""State: what it holds, who has read it, and where the file's names lead."""
