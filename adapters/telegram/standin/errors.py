"""What the Bot API answers when it cannot do as asked."""

from dataclasses import dataclass


@dataclass(eq=False)
class ApiError(Exception):
    """An answer that says no.

    Attributes:
        code: HTTP status and `error_code`.
        description: The documented text, such as `Bad Request: chat not found`.
        retry_after: Whole seconds to wait; only for 429.
    """

    code: int
    description: str
    retry_after: int | None = None


def bad_request(reason: str) -> ApiError:
    """Return a 400; the first letter becomes small unless the reason is an ALL_CAPS code."""
    return ApiError(400, f"Bad Request: {_small(reason)}")


def forbidden(reason: str) -> ApiError:
    """Return a 403."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """Return a 409."""
    return ApiError(409, f"Conflict: {reason}")


def too_many(seconds: int) -> ApiError:
    """Return a 429 that asks to wait so many whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", seconds)


def _small(reason: str) -> str:
    second = reason[1:2]
    if second == "_" or second.isupper():
        return reason
    return reason[:1].lower() + reason[1:]
