"""How the tables became what they are, one step after the other; run by Alembic."""
