"""Servers in processes of their own: started, loaded, watched from /proc, stopped."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]
START_S = 180.0
LOAD_S = 240.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Round:
    """What one load measured: messages a second, milliseconds, CPU seconds a 1,000 messages."""

    rate: float
    p50: float
    p99: float
    cpu: float


@dataclass(slots=True)
class Running:
    """One server; a context manager.

    Attributes:
        argv: Everything after the interpreter; `{port}` stands for the port.
        kind: What the load speaks: `echo`, `kakao` or `telegram`.
        environment: Variables beside those of this process.
        drained: An address that tells how many answers went out elsewhere, or None.
    """

    name: str
    argv: list[str]
    kind: str = "echo"
    environment: dict[str, str] = field(default_factory=dict)
    secret: str = "x"
    path: str = "/"
    drained: str | None = None
    port: int = 0
    rounds: list[Round] = field(default_factory=list)
    _process: "subprocess.Popen[bytes] | None" = None

    def __enter__(self) -> Self:
        """Start it and wait until it listens."""
        self.port = self.port or free_port()
        argv = [sys.executable, *(part.format(port=self.port) for part in self.argv)]
        self._process = subprocess.Popen(  # our own programs
            argv, cwd=ROOT, env={**os.environ, **self.environment}, stdout=subprocess.DEVNULL
        )
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(15)

    def load(self, people: int, prefix: str) -> dict[str, Any]:
        """Let so many people go through W; every wrong answer is an error."""
        program = [sys.executable, "-m", "tests.bench.load", str(self.port), self.kind]
        before = self._sent()
        told = subprocess.run(  # our own program
            [*program, self.secret, self.path, str(people), prefix],
            cwd=ROOT, capture_output=True, timeout=LOAD_S, check=True,
        )  # fmt: skip
        result: dict[str, Any] = json.loads(told.stdout)
        if result["wrong"]:
            raise RuntimeError(f"{self.name}: {result['wrong']} wrong: {result['first_wrong']}")
        begun = time.perf_counter()
        while self.drained and self._sent() < before + result["messages"]:
            if time.perf_counter() > begun + LOAD_S:
                raise RuntimeError(f"{self.name}: answers are missing")
            time.sleep(0.02)
        result["seconds"] = result["messages"] / result["rate"] + time.perf_counter() - begun
        return result

    def measure(self, people: int, prefix: str) -> None:
        """Load it once and keep the figures."""
        cpu = self.cpu()
        told = self.load(people, prefix)
        rate = told["messages"] / told["seconds"]
        spent = (self.cpu() - cpu) / told["messages"] * 1000
        self.rounds.append(Round(rate, told["p50_ms"], told["p99_ms"], spent))

    def cpu(self) -> float:
        """Return the CPU seconds that it has used."""
        words = self._proc("stat").rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / TICKS

    def resident(self) -> float:
        """Return its resident memory in MB."""
        line = next(line for line in self._proc("status").splitlines() if "VmRSS" in line)
        return int(line.split()[1]) / 1024

    def _proc(self, name: str) -> str:
        assert self._process is not None
        return Path(f"/proc/{self._process.pid}/{name}").read_text("utf-8")

    def _sent(self) -> int:
        if self.drained is None:
            return 0
        with urllib.request.urlopen(self.drained, timeout=10) as answer:  # noqa: S310  # our own
            return int(answer.read())

    def _wait(self) -> None:
        end = time.perf_counter() + START_S
        while time.perf_counter() < end:
            assert self._process is not None
            if self._process.poll() is not None:
                raise RuntimeError(f"{self.name} ended at once")
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.01)
        self.__exit__()
        raise RuntimeError(f"{self.name} does not listen")


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
