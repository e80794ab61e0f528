"""The real servers that the tests speak to: PostgreSQL, Redis, Chromium."""
