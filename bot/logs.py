"""Logs: ids, counts and kinds; never a word of a person, an address, a step or a token."""

import logging
import sys
from datetime import UTC, datetime

import orjson

ALLOWED = frozenset(
    {
        "conversation", "channel", "kind", "count", "seconds", "reason", "error", "port",
        "version", "status", "path", "method", "method_name", "where", "attempts",
        "worker", "url", "flow", "staff",
    }
)  # fmt: skip
"""Only these fields are written; anything else is dropped, so that a slip cannot leak."""


class _Silent(logging.Formatter):
    """Says of a library's record who speaks and what kind of error it is, never its words."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        kind = record.exc_info[0] if record.exc_info else None
        error = f" {kind.__name__}" if kind else ""
        return f"{record.levelname} {record.name} {record.module}:{record.lineno}{error}"


class Log:
    """Writes one line of JSON an event to standard error."""

    def __init__(self) -> None:
        """Say everything until `set_up` tells otherwise."""
        self.level = logging.INFO

    def debug(self, event: str, **fields: object) -> None:
        """Say what only helps to find a fault."""
        self._write(logging.DEBUG, event, fields)

    def info(self, event: str, **fields: object) -> None:
        """Say what happened."""
        self._write(logging.INFO, event, fields)

    def warning(self, event: str, **fields: object) -> None:
        """Say what somebody may have to look at."""
        self._write(logging.WARNING, event, fields)

    def error(self, event: str, **fields: object) -> None:
        """Say what somebody must look at."""
        self._write(logging.ERROR, event, fields)

    def _write(self, level: int, event: str, fields: dict[str, object]) -> None:
        if level < self.level:
            return
        kept = {name: value for name, value in fields.items() if name in ALLOWED}
        at = datetime.now(UTC).isoformat()
        name = logging.getLevelName(level).lower()
        line = {**kept, "event": event, "level": name, "timestamp": at}
        print(orjson.dumps(line, default=str).decode(), file=sys.stderr, flush=True)  # noqa: T201  # this is where lines are written


_LOG = Log()


def set_up(level: str = "INFO") -> None:
    """Write events of this level and above; quiet libraries that talk too much."""
    _LOG.level = logging.getLevelNamesMapping()[level]
    handler = logging.StreamHandler()
    handler.setFormatter(_Silent())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("transitions", "httpx", "telegram", "aiohttp.access", "aiohttp.server"):
        logging.getLogger(name).setLevel(logging.ERROR)


def log() -> Log:
    """Return the log."""
    return _LOG
