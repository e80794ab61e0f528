"""Gyeot remembers: tables, sealing, the one writer, backups."""
