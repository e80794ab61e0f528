"""The refusal of a request that makes no sense."""


class Wrong(Exception):
    """What was asked makes no sense; the text says why, in Korean and English."""
