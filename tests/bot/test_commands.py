"""The commands of an operator, as she types them, on a store that holds a conversation."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.house import open_house
from bot.settings import read_settings
from flows.bundle import shipped
from flows.messages import Inbound, Kind
from storage.errors import MissingKeyError
from storage.master import MasterKey
from tests.sources import CHECKOUT

SAID = "제 이름은 카나리아예요"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data of a stopped server to which somebody wrote."""
    MasterKey.create(tmp_path / "master.key")
    asyncio.run(_write(tmp_path))
    return tmp_path


def test_a_store_is_verified_and_brought_up_to_date(folder: Path) -> None:
    migrated = _gyeot("migrate", "--data", str(folder))
    verified = _gyeot("verify", "--data", str(folder))

    assert "up to date" in migrated.stdout
    assert (verified.returncode, verified.stdout) == (0, "0 findings\n")


def test_what_is_broken_is_found(folder: Path) -> None:
    with sqlite3.connect(folder / "gyeot.db") as database:
        database.execute("UPDATE transcript SET body = x'01020304' WHERE seq = 1")
    database.close()

    verified = _gyeot("verify", "--data", str(folder))

    assert verified.returncode == 1
    assert "0 findings" not in verified.stdout
    assert "카나리아" not in verified.stdout + verified.stderr


def test_a_backup_is_restored_elsewhere(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    backed_up = _gyeot("backup", str(tmp_path / "kept"), "--data", str(folder))
    (elsewhere / "master.key").write_bytes((folder / "master.key").read_bytes())
    (elsewhere / "master.key").chmod(0o400)
    restored = _gyeot("restore", str(tmp_path / "kept"), "--data", str(elsewhere))
    verified = _gyeot("verify", "--data", str(elsewhere))

    assert (backed_up.returncode, restored.returncode) == (0, 0), (
        backed_up.stderr + restored.stderr
    )
    assert verified.stdout == "0 findings\n"
    assert asyncio.run(_answered(elsewhere))


def test_the_master_key_is_changed_and_the_old_one_opens_nothing(folder: Path) -> None:
    old = (folder / "master.key").read_bytes()

    rotated = _gyeot("key", "rotate", "--data", str(folder))

    assert rotated.returncode == 0, rotated.stderr
    assert _gyeot("verify", "--data", str(folder)).stdout == "0 findings\n"
    assert asyncio.run(_answered(folder))
    (folder / "master.key").chmod(0o600)
    (folder / "master.key").write_bytes(old)
    (folder / "master.key").chmod(0o400)
    with pytest.raises(MissingKeyError):
        asyncio.run(_answered(folder))


def test_a_change_of_the_key_that_was_broken_off_goes_on(folder: Path) -> None:
    MasterKey.load(folder / "master.key").next().save(folder / "master.key")

    assert _gyeot("key", "rotate", "--data", str(folder)).returncode == 0

    assert not MasterKey.load(folder / "master.key").changing
    assert _gyeot("verify", "--data", str(folder)).stdout == "0 findings\n"


def test_a_key_is_never_made_over_another(folder: Path) -> None:
    before = (folder / "master.key").read_bytes()

    made = _gyeot("key", "new", "--data", str(folder))

    assert made.returncode == 1
    assert "already" in made.stderr
    assert (folder / "master.key").read_bytes() == before


def test_an_account_is_added_once_and_a_weak_password_refused(folder: Path) -> None:
    add = ("staff", "add", "haru", "--role", "counselor", "--data", str(folder))

    weak = _gyeot(*add, given="short\n")
    first = _gyeot(*add, given="a long enough passphrase\n")
    second = _gyeot(*add, given="a long enough passphrase\n")

    assert "not added" in weak.stdout
    assert first.stdout == "haru is a counselor now\n"
    assert "not added" in second.stdout


def test_texts_are_judged_line_by_line() -> None:
    lines = [
        {"id": 1, "text": "살려주세요 지금 문 앞에 있어요"},
        {"id": 2, "text": "상담사 연결해 주세요"},
    ]

    judged = _gyeot("triage", given="\n".join(json.dumps(line) for line in lines))

    told = [json.loads(line) for line in judged.stdout.splitlines()]
    assert [one["label"] for one in told] == ["imminent", "human"]
    assert all({"id", "label", "ask", "why"} <= one.keys() for one in told)


def test_a_script_is_checked_and_played(tmp_path: Path) -> None:
    right = CHECKOUT / "flows/scripts/safety.yaml"
    wrong = tmp_path / "safety.yaml"
    wrong.write_text(right.read_text("utf-8").replace("steps:", "stepz:", 1), "utf-8")

    checked = _gyeot("check", str(right))
    refused = _gyeot("check", str(wrong))
    played = _gyeot("play", str(CHECKOUT / "flows/scripts/opening.yaml"), given="안녕하세요\n")

    assert checked.returncode == 0, checked.stdout
    assert refused.returncode == 1
    assert "safety.yaml:" in refused.stdout
    assert "112" in played.stdout


def _gyeot(*arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=CHECKOUT,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={name: value for name, value in os.environ.items() if not name.startswith("GYEOT_")},
    )


async def _write(folder: Path) -> None:
    async with open_house(read_settings({}, {"data": folder}), shipped()) as house:
        await house.service.receive(Inbound("telegram", "77", "telegram:1", Kind.OPEN))
        await house.service.receive(Inbound("telegram", "77", "telegram:2", text=SAID))


async def _answered(folder: Path) -> bool:
    """Say whether the conversation goes on where it was, instead of beginning anew."""
    async with open_house(read_settings({}, {"data": folder}), shipped()) as house:
        answer = await house.service.receive(Inbound("telegram", "77", "telegram:3", text="네"))
    return answer.seq > 1
