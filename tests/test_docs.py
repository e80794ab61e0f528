"""What the documents say is complete: every key, setting, command and option; every link leads."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

import pytest
import typer
from pydantic import BaseModel
from ruamel.yaml import YAML
from typer.core import TyperGroup, TyperOption

from bot.__main__ import app
from bot.settings import PREFIX, Settings
from flows.bundle import shipped, with_file
from flows.checks import check
from flows.dialogues import Beat, CounselorAct, Dialogue, Expected
from flows.directory import Fact, FactScript
from flows.phrases import COMMANDS, CommandWords, PhraseScript, Signals
from flows.script import (
    Branch,
    Bubble,
    CheckIn,
    Choice,
    Do,
    FlowScript,
    RiskRule,
    Step,
    Summon,
    TextAnswer,
)
from tests.sources import CHECKOUT

FLOWS = CHECKOUT / "docs" / "flows.md"
README = CHECKOUT / "README.md"
OPERATIONS = CHECKOUT / "docs" / "operations.md"
SECTIONS: dict[str, tuple[type[BaseModel], ...]] = {
    "The file": (FlowScript,),
    "A step": (Step,),
    "What it says": (Bubble,),
    "Questions": (Choice, TextAnswer),
    "The way on": (Branch,),
    "Effects": (Do, Summon, CheckIn),
    "Urgency": (RiskRule,),
    "The phrases of the engine": (PhraseScript, CommandWords, Signals),
    "Facts with a date": (Fact, FactScript),
    "Saved dialogues": (Dialogue, Beat, Expected, CounselorAct),
}
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
MOST_BYTES = 150_000


@pytest.mark.parametrize("section", SECTIONS)
def test_every_key_of_a_script_is_explained_in_its_section(section: str) -> None:
    told = _section(FLOWS.read_text("utf-8"), section)

    missing = [
        f"{model.__name__}.{key}"
        for model in SECTIONS[section]
        for key in model.model_fields
        if not re.search(rf"`[^`\n]*\b{key}\b[^`\n]*`", told)
    ]

    assert missing == []


def test_every_command_that_works_everywhere_is_named() -> None:
    told = _section(FLOWS.read_text("utf-8"), "The phrases of the engine")

    assert [name for name in COMMANDS if f"`{name}`" not in told] == []


def test_the_examples_of_whole_flows_can_be_published() -> None:
    flows = [text for text in FENCE.findall(FLOWS.read_text("utf-8")) if "\nsteps:" in text]

    problems = [check(with_file(shipped(), text, "example.yaml")) for text in flows]

    assert flows
    assert problems == [[]] * len(flows)


def test_every_example_is_readable_yaml() -> None:
    for text in FENCE.findall(FLOWS.read_text("utf-8")):
        assert YAML(typ="safe").load(text)


def test_every_setting_is_explained_and_none_is_invented() -> None:
    told = OPERATIONS.read_text("utf-8")
    real = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", "".join(_documents().values())))

    assert sorted(name for name in real if f"`{name}`" not in told) == []
    assert named - real == set()


def test_every_command_and_option_of_the_command_line_is_explained() -> None:
    told = README.read_text("utf-8")

    assert [line for line in _command_lines() if line not in told] == []


def test_every_link_in_the_documents_leads_to_a_file() -> None:
    dead = [
        f"{name}: {target}"
        for name, text in _documents().items()
        for target in LINK.findall(text)
        if not target.startswith("http") and not (CHECKOUT / name).parent.joinpath(target).exists()
    ]

    assert dead == []


def test_the_screenshots_are_small() -> None:
    pictures = list((CHECKOUT / "docs" / "screenshots").glob("*.png"))

    assert pictures
    assert [one.name for one in pictures if one.stat().st_size > MOST_BYTES] == []


def _documents() -> dict[str, str]:
    files = chain(CHECKOUT.glob("*.md"), (CHECKOUT / "docs").rglob("*.md"))
    return {str(file.relative_to(CHECKOUT)): file.read_text("utf-8") for file in files}


def _section(text: str, title: str) -> str:
    """Return what stands under a heading of the second level."""
    _, found, rest = text.partition(f"\n## {title}\n")
    assert found, f"the section {title!r} is missing"
    return rest.partition("\n## ")[0]


def _command_lines() -> Iterator[str]:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            for below, one in command.commands.items():
                yield f"gyeot {name} {below}"
                yield from _options(one.params)
        else:
            yield f"gyeot {name}"
            yield from _options(command.params)


def _options(parameters: Iterable[object]) -> Iterator[str]:
    for parameter in parameters:
        if isinstance(parameter, TyperOption):
            yield parameter.opts[0]
