"""What she keeps for herself: the log of what happens, its pattern, and her plan."""
