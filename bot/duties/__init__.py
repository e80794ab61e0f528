"""Duties at the desk: the monthly review of the access log, and breaches."""
