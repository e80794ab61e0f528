"""Logs: ids, counts and kinds; never a word of a person, an address, a step or a token."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "conversation", "channel", "kind", "count", "seconds",
        "reason", "error", "port", "version", "status", "path", "method", "method_name", "where",
        "attempts", "worker", "url", "flow", "staff",
    }
)  # fmt: skip
"""Only these fields are written; anything else is dropped, so that a slip cannot leak."""


def _only_allowed(_: object, __: str, fields: MutableMapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name in ALLOWED}


class _Silent(logging.Formatter):
    """Says of a library's record who speaks and what kind of error it is, never its words."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        kind = record.exc_info[0] if record.exc_info else None
        error = f" {kind.__name__}" if kind else ""
        return f"{record.levelname} {record.name} {record.module}:{record.lineno}{error}"


def set_up(level: str = "INFO") -> None:
    """Write one line of JSON an event to standard error; quiet libraries that talk too much."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_Silent())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("transitions", "httpx", "telegram", "aiohttp.access", "aiohttp.server"):
        logging.getLogger(name).setLevel(logging.ERROR)


def log() -> Any:  # noqa: ANN401  # structlog's loggers are made at run time
    """Return the logger."""
    return structlog.get_logger()
