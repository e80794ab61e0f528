"""Rounds of the survey: invitations that work once, answers that lead to nobody."""
