"""What an error of Telegram means for a message of ours."""

from http import HTTPStatus

from telegram.error import TelegramError

from adapters.base import SendError
from adapters.telegram.transport import Refused, Unreached

_RETRY_S = 2.0
_WRONG_TOKEN_S = 60.0
_KNOWN = (
    "chat not found",
    "message is too long",
    "message text is empty",
    "BUTTON_DATA_INVALID",
    "BUTTON_URL_INVALID",
    "bot was blocked by the user",
    "user is deactivated",
    "bots can't send messages to bots",
    "reply markup is too long",
    "file is too big",
    "wrong file_id or the file is temporarily unavailable",
    "message to delete not found",
    "message can't be deleted",
    "message is not modified",
    "message to edit not found",
    "query is too old and response timeout expired or query ID is invalid",
    "terminated by other getUpdates request",
    "can't use getUpdates method while webhook is active",
)


def failure(error: TelegramError) -> SendError:
    """Translate by kind: gone, final, later, or nobody knows."""
    if isinstance(error, Refused):
        return _refusal(error)
    return SendError(error.message, _RETRY_S, ambiguous=not isinstance(error, Unreached))


def _refusal(error: Refused) -> SendError:
    reason = f"Telegram answered {error.status}: {_safe(error.message)}"
    match error.status:
        case 429:
            return SendError(reason, error.retry_after or _RETRY_S)
        case 401 | 404:  # the token is wrong or withdrawn: the message can wait for a right one
            return SendError(reason, _WRONG_TOKEN_S)
        case 403:
            return SendError(reason, gone=True)
        case 409:
            return SendError(reason, _RETRY_S)
        case status if not HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return SendError(reason, _RETRY_S, ambiguous=True)  # before or after accepting it
    return SendError(reason)


def _safe(description: str) -> str:
    """Return what may be logged: a description can repeat a text or the token of a link."""
    return next((known for known in _KNOWN if known.lower() in description.lower()), "no details")
