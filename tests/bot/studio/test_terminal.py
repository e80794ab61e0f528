"""Publishing from the terminal takes the same two persons as the page."""

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import logs
from bot.__main__ import app
from bot.publishing import publish
from flows.bundle import shipped
from storage import publications, staff
from storage.database import Database
from storage.master import MasterKey

PASSWORD = "a long password of the tests"
RUN = CliRunner()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A database with what we ship, and two admins."""
    master = MasterKey.create(tmp_path / "master.key")

    async def fill() -> None:
        urls = (f"sqlite:///{tmp_path}/gyeot.db", f"sqlite:///{tmp_path}/keys.db")
        async with await Database.open(*urls, master, tmp_path / "files") as database:
            await publish(database, shipped())
            for name, role in (("one", "admin"), ("two", "admin"), ("byeol", "counselor")):
                await staff.add(database, staff.Newcomer(name, role, PASSWORD, name))

    asyncio.run(fill())
    return tmp_path


def _script(place: Path, old: str, new: str) -> Path:
    file = place / "opening.yaml"
    file.write_text(shipped().scripts["opening.yaml"].replace(old, new), "utf-8")
    return file


def _run(place: Path, *words: str, password: str = PASSWORD) -> tuple[int, str]:
    done = RUN.invoke(app, [*words, "--data", str(place)], input=f"{password}\n")
    return done.exit_code, done.output


def test_two_admins_publish_from_the_terminal_and_move_conversations(place: Path) -> None:
    file = _script(place, "무엇부터 할까요?", "무엇을 할까요?")
    given = ("--reason", "clearer", "--as")

    proposed = _run(place, "publish", str(file), *given, "one")
    alone = _run(place, "publish", "--version", "2", *given, "one")
    stranger = _run(place, "publish", "--version", "2", *given, "byeol")
    wrong = _run(place, "publish", "--version", "2", *given, "two", password="wrong words here")
    both = _run(place, "publish", "--version", "2", *given, "two")
    told = _run(place, "diff", "1", "2")
    moved = _run(place, "move", "1", "2", *given, "two")

    assert (proposed[0], both[0], moved[0]) == (0, 0, 0), (proposed, both, moved)
    assert [one[0] for one in (alone, stranger, wrong)] == [2, 2, 2]
    assert "무엇을 할까요?" in told[1]
    assert "1 differences" in told[1]
    assert "go on under 2" in moved[1]


def test_a_broken_script_is_not_proposed_from_the_terminal(place: Path) -> None:
    file = _script(place, "goto: phone", "goto: nowhere")

    code, told = _run(place, "publish", str(file), "--reason", "no", "--as", "one")

    assert code == 1
    assert "no step 'nowhere'" in told


def test_files_of_a_start_are_only_proposed_once_a_person_has_published(place: Path) -> None:
    file = _script(place, "무엇부터 할까요?", "무엇을 할까요?")
    _run(place, "publish", str(file), "--reason", "clearer", "--as", "one")
    _run(place, "publish", "--version", "2", "--reason", "read", "--as", "two")
    urls = (f"sqlite:///{place}/gyeot.db", f"sqlite:///{place}/keys.db")
    logs.set_up("WARNING")  # the commands' output is closed by now

    async def start() -> tuple[int, int, list[str]]:
        master = MasterKey.load(place / "master.key")
        async with await Database.open(*urls, master, place / "files") as database:
            again = (await publish(database, shipped())).newest
            other = shipped()
            text = other.scripts["check_in.yaml"] + "# another remark\n"
            other = type(other)({**other.scripts, "check_in.yaml": text}, other.directory)
            newest = (await publish(database, other)).newest
            return again, newest, [act.act for act in await publications.book(database)]

    again, newest, acts = asyncio.run(start())

    assert (again, newest) == (2, 2)
    assert acts[0] == "proposed"
