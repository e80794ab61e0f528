"""Find the programs that the tests need, and have Debian install what it can."""

import os
import shutil
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
INSTALL_SECONDS = 900.0


class MissingError(Exception):
    """A program is not here and cannot be had; the message is the one line that mends it."""


def on_path(*names: str) -> Path | None:
    """Return the first of these programs that PATH knows."""
    found = (shutil.which(name) for name in names)
    return next((Path(path) for path in found if path), None)


def answer_of(program: Path, *words: str, seconds: float = 15.0) -> str:
    """Return what a program prints; empty when it fails, hangs or cannot be started."""
    try:
        done = subprocess.run(
            [program, *words], check=True, capture_output=True, text=True, timeout=seconds
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def apt_install(*packages: str) -> None:
    """Install Debian packages; does nothing where we are not root or apt-get is not here."""
    if os.geteuid() or not on_path("apt-get"):
        return
    calm = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        run = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *words]
        done = subprocess.run(
            run, env=calm, check=False, capture_output=True, text=True, timeout=INSTALL_SECONDS
        )
        if done.returncode:
            reason = (done.stderr or done.stdout).strip().rpartition("\n")[2]
            raise MissingError(f"apt-get {' '.join(words)} failed: {reason}")
