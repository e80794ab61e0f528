"""Requests for prevention education: asked, confirmed, held, rated."""
