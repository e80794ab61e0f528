"""What keeps her safe while she talks with us: when she is written to, what she keeps, traces."""
