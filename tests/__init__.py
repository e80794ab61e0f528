"""What Gyeot promises, tried on the real thing."""
