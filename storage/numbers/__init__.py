"""What is counted, and what was published of it."""
