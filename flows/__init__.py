"""Gyeot decides: scripts, the engine, triage. Pure and synchronous."""
