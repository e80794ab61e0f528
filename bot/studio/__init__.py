"""The studio: admins who do not program write, try, check, publish and roll back the scripts."""
