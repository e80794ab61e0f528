"""Duties of the law beside the conversations: the review of the access log, breaches."""
