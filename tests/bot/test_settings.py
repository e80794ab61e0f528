"""What an operator gets wrong is told at once, with what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import SettingsError, read_settings


def test_every_mistake_is_told_at_once() -> None:
    wrong = {
        "GYEOT_PORT": "99999",
        "GYEOT_KAKAO_SECRET": "short",
        "GYEOT_LOG_LEVEL": "LOUD",
        "GYEOT_TELEGRAM_TOKN": "x",
    }

    with pytest.raises(SettingsError) as error:
        read_settings(wrong, {})

    lines = str(error.value).splitlines()
    assert {line.partition(":")[0] for line in lines} == wrong.keys()


def test_no_mistake_repeats_a_secret() -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({"GYEOT_KAKAO_SECRET": "geheim", "GYEOT_PORT": "x"}, {})

    assert "geheim" not in str(error.value)


def test_a_wrong_setting_ends_the_command_with_2(tmp_path: Path) -> None:
    done = _gyeot("serve", "--data", str(tmp_path), GYEOT_PORT="x", GYEOT_NOSUCH="1")

    assert done.returncode == 2
    assert "GYEOT_PORT" in done.stderr
    assert "GYEOT_NOSUCH" in done.stderr


def test_a_missing_key_ends_the_command_and_says_how_to_make_one(tmp_path: Path) -> None:
    done = _gyeot("serve", "--data", str(tmp_path), "--port", "0")

    assert done.returncode == 2
    assert "gyeot key new" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_is_never_made_over_an_old_one(tmp_path: Path) -> None:
    first = _gyeot("key", "new", "--data", str(tmp_path))
    key = (tmp_path / "master.key").read_bytes()
    second = _gyeot("key", "new", "--data", str(tmp_path))

    assert (first.returncode, second.returncode) == (0, 1)
    assert (tmp_path / "master.key").read_bytes() == key


def _gyeot(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env=os.environ | environment,
    )
