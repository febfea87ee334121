"""What is measured: how each contender is started, and how a tab of it speaks."""
