"""Get the servers that the tests need, and say which ones they are; `./dev test` calls it.

A server that cannot be had ends it with the one line that mends that: no test is skipped.
"""

import os
import sys

from tests.servers import chromium, postgresql, redis
from tests.servers.programs import MissingError, apt_install, on_path


def main() -> int:
    """Install what is missing; 0 when everything is here, else 1."""
    try:
        print("PostgreSQL:", _given("TEST_POSTGRES_URL") or postgresql.binaries())
        if not _given("TEST_REDIS_URL") and not on_path("redis-server"):
            apt_install("redis-server")
        print("Redis:", _given("TEST_REDIS_URL") or redis.program())
        chromium.install()
        print("Chromium:", chromium.program())
        print("Korean font:", chromium.korean_font() or "that of a wheel")
    except MissingError as error:
        print(f"dev: {error}", file=sys.stderr)
        return 1
    return 0


def _given(name: str) -> str:
    return f"that of {name}" if os.environ.get(name) else ""


if __name__ == "__main__":
    sys.exit(main())
