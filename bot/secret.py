"""Comparing what a caller shows with a secret."""

import hmac


def same(given: str, secret: str) -> bool:
    """Say whether they are equal, in a time that tells nothing; no bytes make it fail."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode())
