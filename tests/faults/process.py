"""Gyeot and the stand-in as processes of their own: one is killed, the other keeps running."""

import asyncio
import os
import signal
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

START_S = 180.0


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


@dataclass
class Program:
    """A `gyeot` command that runs until it is killed.

    Attributes:
        ready: The address that answers once it runs.
    """

    arguments: list[str]
    log: Path
    ready: str
    environment: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", *self.arguments),
                stdout=log,
                stderr=log,
                env=os.environ | self.environment,
            )
        async with asyncio.timeout(START_S), aiohttp.ClientSession() as http:
            while not await self._answers(http):
                if self.process.returncode is not None:
                    raise RuntimeError(self.log.read_text("utf-8")[-2000:])
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it as a power cut of the process would: nothing is tidied up."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()

    async def _answers(self, http: aiohttp.ClientSession) -> bool:
        try:
            async with http.get(self.ready) as answer:
                return answer.status < 500  # it is there
        except aiohttp.ClientError:
            return False
