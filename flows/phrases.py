"""What the engine itself says and understands: phrases.yaml, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import Field

from flows.messages import Button
from flows.reading import Document, Problem, ScriptError
from flows.script import Bubble, Choice, Language, Name, Part, Sentence, StepRef, Text, validate
from flows.texts import Template, TextError, fold, said, templates

COMMANDS = (
    "emergency", "counselor", "back", "correct", "help", "language", "pause", "exit", "erase",
    "continue", "menu", "check", "hello", "cover",
)  # fmt: skip
KEYS = (
    "not_understood", "offer_person", "choose_one", "choose_several", "done", "more", "skip",
    "confirm", "change", "back_none", "stale", "help_text", "language_ask", "paused", "resumed",
    "exit_text", "erase_ask", "erase_yes", "erase_no", "erase_done", "erase_kept",
    "erase_cancelled", "counselor_coming", "waiting_ack", "live_started", "live_ended",
    "live_passed", "requeued",
    "proposed_ask", "proposed_yes", "proposed_no", "proposed_kept", "proposed_dropped",
    "queue_place", "queue_place_long", "queue_meanwhile", "queue_late", "off_hours", "quiet_now",
    "closed_text", "welcome_back", "files_kept", "file_refused", "edit_noted", "cannot_read",
    "invalid_number", "invalid_date", "invalid_phone", "invalid_text", "invalid_code",
    "word_short", "ask_danger", "danger_yes", "danger_no", "selfharm_ask", "selfharm_card",
    "correct_ask", "kept", "failed_turn", "not_received", "not_yet", "flow_loop",
    "cover_1", "cover_2", "cover_3", "cover_4", "cover_more", "cover_told_telegram",
    "cover_told_kakao", "reentry_ask", "silence_ask",
    "erase_word",
)  # fmt: skip


class CommandWords(Part):
    """One global command: its button and the typed words that mean it."""

    label: Text = Field(min_length=1)
    words: tuple[Sentence | int, ...] = Field(min_length=1, max_length=200)


class Signals(Part):
    """The steps that are called over the open question after a signal."""

    imminent: StepRef | None = None
    selfharm: StepRef | None = None


class PhraseScript(Part):
    """The file phrases.yaml."""

    gyeot: Literal[1]
    languages: tuple[Language, ...] = Field(min_length=1)
    commands: dict[Name, CommandWords]
    phrases: dict[Name, Text]
    card: tuple[Bubble, ...] = Field(min_length=1, max_length=3)
    presets: dict[Name, tuple[Choice, ...]]
    signals: Signals = Signals()


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one bundle, ready for use.

    Attributes:
        languages: The complete languages, the default first.
        labels: The button labels of the commands.
        words: Folded typed words to their command.
        texts: Templates by key.
        card: The bubbles of the emergency card.
        presets: Ready-made choices by name.
        signals: The steps that are called after a signal.
    """

    languages: tuple[str, ...]
    labels: Mapping[str, Text]
    words: Mapping[str, str]
    texts: Mapping[str, Mapping[str, Template]]
    card: tuple[Mapping[str, Template], ...]
    presets: Mapping[str, tuple[Choice, ...]]
    signals: Signals
    _buttons: dict[tuple[str, str], Button] = field(default_factory=dict, repr=False)

    def button(self, command: str, language: str) -> Button:
        """Return the button of a global command, made once for each language."""
        known = self._buttons.get((command, language))
        if known is None:
            known = Button(said(self.labels[command], language), f"!{command}")
            self._buttons[command, language] = known
        return known


def phrases_of(document: Document) -> Phrases:
    """Check a document that was read as phrases.yaml; raises `ScriptError`."""
    script = validate(PhraseScript, document)
    problems = list(_missing(script, document))
    if problems:
        raise ScriptError(problems)
    try:
        return Phrases(
            languages=script.languages,
            labels={key: command.label for key, command in script.commands.items()},
            words={
                fold(str(word)): key
                for key, command in script.commands.items()
                for word in (*command.words, *command.label.values())
            },
            texts={key: templates(words) for key, words in script.phrases.items()},
            card=tuple(templates(bubble.text) for bubble in script.card),
            presets=script.presets,
            signals=script.signals,
        )
    except TextError as error:
        raise ScriptError(
            [document.problem(("phrases",), str(error), "correct the braces")]
        ) from None


def _missing(script: PhraseScript, document: Document) -> list[Problem]:
    wanted = [("commands", key) for key in COMMANDS if key not in script.commands]
    wanted += [("phrases", key) for key in KEYS if key not in script.phrases]
    return [
        document.problem(path, f"`{path[1]}` is missing", "add it in every language")
        for path in wanted
    ]
