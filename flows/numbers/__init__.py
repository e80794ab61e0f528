"""Numbers about many people that give away nothing about one: counting, hiding, comparing."""
