"""The Chromium that the browser tests drive, and the fonts of its screenshots."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from tests.servers.programs import CHECKOUT, MissingError, answer_of, apt_install, on_path

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",  # root has none, and a container's user neither
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
OWN = CHECKOUT / ".tools/chromium"
FONTS = """<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""
UNPACK = """
const {createReadStream: from, createWriteStream: to} = require("fs")
const pack = require("path").resolve("node_modules/@sparticuz/chromium/bin/chromium.br")
const unpacked = require("zlib").createBrotliDecompress()
require("stream").pipeline(from(pack), unpacked, to("chromium", {mode: 0o755}), (problem) => {
  if (problem) throw problem
})
"""


def program() -> Path:
    """Return the Chromium to drive: $CHROMIUM, else PATH's, else the one npm brought."""
    named = os.environ.get("CHROMIUM")
    found = Path(named) if named else on_path(*NAMES)
    if found is None and (OWN / "chromium").is_file():
        found = OWN / "chromium"
    if found is None:
        raise MissingError("Chromium is missing: run ./dev test, or set CHROMIUM to one")
    return found


def install() -> None:
    """Get Chromium and a Korean font: from Debian where we may, else Chromium from npm."""
    if not os.environ.get("CHROMIUM") and not on_path(*NAMES):
        apt_install("chromium", "fonts-nanum")
    if not os.environ.get("CHROMIUM") and not on_path(*NAMES) and not (OWN / "chromium").is_file():
        _from_npm()
    if not answer_of(program(), "--version", seconds=60):
        raise MissingError(
            f"{program()} does not start here: as root, apt-get install chromium fonts-nanum"
        )


def korean_font() -> str:
    """Name the machine's font for Korean; empty when it has none."""
    lister = on_path("fc-list")
    return answer_of(lister, ":lang=ko", "family").partition("\n")[0] if lister else ""


def environment(folder: Path) -> dict[str, str]:
    """Return the environment to start it in: where Korean has no font, with a wheel's.

    Args:
        folder: For the settings of the fonts; it must outlive the browser.
    """
    wheel = importlib.util.find_spec("pylopdf_fonts_ko")
    if korean_font() or wheel is None or not wheel.submodule_search_locations:
        return dict(os.environ)
    settings = folder / "fonts.conf"
    settings.write_text(FONTS.format(fonts=wheel.submodule_search_locations[0], cache=folder))
    return {**os.environ, "FONTCONFIG_FILE": str(settings)}


def _from_npm() -> None:
    OWN.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(CHECKOUT / "requirements/chromium" / name, OWN)
    paths = os.pathsep.join([os.environ["PATH"], str(CHECKOUT / ".tools/node/bin")])
    for run in (["npm", "ci", "--ignore-scripts", "--silent"], ["node", "-e", UNPACK]):
        try:
            subprocess.run(
                run, cwd=OWN, env={**os.environ, "PATH": paths}, check=True, timeout=300
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise MissingError(
                f"Chromium is missing and npm did not bring it ({error.__class__.__name__}): "
                "as root, apt-get install chromium fonts-nanum"
            ) from None
    shutil.rmtree(OWN / "node_modules")
