"""What counselors do to a conversation: each act is one turn, decided by compare-and-set."""
