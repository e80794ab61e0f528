"""Gyeot talks: one adapter per platform, and the stand-ins of the platforms."""
