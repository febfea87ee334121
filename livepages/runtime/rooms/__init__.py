"""Live pages with those who use them: tabs, who is there, how many."""
