"""The side of the house where an application becomes services, followed to the end."""
