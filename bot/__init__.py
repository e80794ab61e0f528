"""Gyeot runs: the service, delivery, the clock, the web application, the command line."""
