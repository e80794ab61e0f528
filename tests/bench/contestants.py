"""Who is measured: ourselves in several forms, and what we stand beside."""

import secrets
from pathlib import Path

from storage.master import MasterKey
from tests.bench.running import Running, free_port

SECRET = secrets.token_hex(12)
TOKEN = "1000001:" + "A" * 35
REFERENCES = "tests/bench/references.py"


def reference(name: str, kind: str, folder: Path, api: str = "") -> Running:
    """Return one of the bare servers of `references.py`."""
    place = folder / kind
    place.mkdir()
    argv = [REFERENCES, kind, "{port}", str(place), *([api] if api else [])]
    return Running(name, argv, "telegram" if kind == "telegram" else "echo")


def gyeot(name: str, folder: Path, database: str = "") -> Running:
    """Return ourselves, called by Kakao, with W as the opening script."""
    return Running(
        name,
        _serve(folder),
        "kakao",
        {"GYEOT_KAKAO_SECRET": SECRET, "GYEOT_DATABASE_URL": database},
        SECRET,
        "/hooks/kakao",
    )


def gyeot_telegram(name: str, folder: Path, api: str) -> Running:
    """Return ourselves, called by Telegram; what we say goes to `api`."""
    environment = {
        "GYEOT_TELEGRAM_TOKEN": TOKEN,
        "GYEOT_TELEGRAM_API": api,
        "GYEOT_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "GYEOT_FLOOD_CONTROL": "false",
    }
    path = "/hooks/telegram"
    return Running(name, _serve(folder), "telegram", environment, SECRET, path, f"{api}/count")


def bot_api(folder: Path) -> tuple[Running, str]:
    """Return the bare Bot API, and its address."""
    server = reference("bot api", "api", folder)
    server.port = free_port()
    return server, f"http://127.0.0.1:{server.port}"


def _serve(folder: Path) -> list[str]:
    folder.mkdir(exist_ok=True)
    if not (folder / "master.key").exists():
        MasterKey.create(folder / "master.key")
    script = ["--script", "tests/bench/workload.yaml", "--unchecked"]
    return ["-m", "bot", "serve", "--data", str(folder), "--port", "{port}", *script]
