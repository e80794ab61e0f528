"""What every shipped text and fact must hold."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from flows.bundle import Bundle, compile_bundle, gather, shipped
from flows.compiled import CompiledFlow
from flows.script import Step, Text
from flows.texts import Templates

LANGUAGES = {"ko", "en"}
CARD_LANGUAGES = LANGUAGES | {"vi", "zh", "ja", "th", "ru"}
CHECKED = date(2026, 11, 24)

NEVER_KOREAN = re.compile(
    r"왜 |[!！]|해야 |하셔야|반드시|무조건|그냥 무시|보장|약속드려|스토커|가해자|남자친구|여자친구"
    r"|위험도|점수|등급|낮은 위험|R[0-3]\b|용감"
)
NEVER_ENGLISH = re.compile(
    r"\bwhy\b|!|\bshould\b|\bguarantee|\bpromise|\bjust ignore|\bbrave\b|\bscore\b|\blow risk\b"
    r"|\bhe\b|\bhis\b|\bhim\b|\bshe\b|\bher\b|\bR[0-3]\b|\byou must\b|\buser\b",
    re.IGNORECASE,
)
EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]")
OLD_NUMBERS = re.compile(r"1393|735-8994|1644-7077|2653-1366")


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return gather(shipped())


@pytest.fixture(scope="module")
def flow(bundle: Bundle) -> CompiledFlow:
    return compile_bundle(bundle, "opening")


def _steps(bundle: Bundle) -> Iterator[tuple[str, Step]]:
    for script in bundle.flows.values():
        for name, step in script.steps.items():
            yield f"{script.flow}/{name}", step


def _bubbles(bundle: Bundle) -> Iterator[tuple[str, Text]]:
    for name, step in _steps(bundle):
        yield from ((name, bubble.text) for bubble in step.say)
        if step.simpler:
            yield name, step.simpler


def _labels(bundle: Bundle) -> Iterator[tuple[str, Text]]:
    for name, step in _steps(bundle):
        yield from ((f"{name}: {choice.id}", choice.label) for choice in step.choices)
    assert bundle.phrases is not None
    yield from bundle.phrases.labels.items()
    for preset, choices in bundle.phrases.presets.items():
        yield from ((f"{preset}: {choice.id}", choice.label) for choice in choices)


def _texts(bundle: Bundle) -> Iterator[tuple[str, Text]]:
    """Everything that a person may read from the scripts."""
    yield from _bubbles(bundle)
    yield from _labels(bundle)
    for name, step in _steps(bundle):
        yield from ((name, text) for text in (step.title, step.link) if text)


def _reasons(bundle: Bundle) -> Iterator[tuple[str, Text]]:
    for script in bundle.flows.values():
        yield script.flow, script.title
        yield from ((rule.id, rule.because) for rule in script.risk)
    for name, step in _steps(bundle):
        given = (do.summon.because for do in step.do if do.summon)
        yield from ((name, because) for because in given if because)


def _phrases(bundle: Bundle, flow: CompiledFlow) -> Iterator[tuple[str, dict[str, str]]]:
    assert bundle.phrases is not None
    sources: list[tuple[str, Templates]] = list(bundle.phrases.texts.items())
    for key, templates in sources:
        told = {
            code: template.fill(lambda name: flow.facts.get(name, name))
            for code, template in templates.items()
        }
        yield key, told


def _told(text: str, flow: CompiledFlow) -> str:
    return re.sub(r"\{([a-z]+:[^}]+)\}", lambda found: flow.facts[found[1]], text)


# -- texts --------------------------------------------------------------------------------


def test_every_file_is_read_and_linked_without_a_problem(bundle: Bundle) -> None:
    flow = compile_bundle(bundle, "opening")

    assert not bundle.problems
    assert {"opening", "safety", "application", "under14", "third_person", "status"} <= set(
        flow.starts
    )


def test_every_text_exists_in_korean_and_english(bundle: Bundle, flow: CompiledFlow) -> None:
    texts = [*_texts(bundle), *_reasons(bundle), *_phrases(bundle, flow)]

    lacking = [(name, text) for name, text in texts if not set(text) >= LANGUAGES]

    assert len(texts) > 400
    assert lacking == []


def test_the_emergency_card_speaks_seven_languages_and_names_the_lines(
    flow: CompiledFlow,
) -> None:
    for bubble in flow.phrases.card:
        assert set(bubble) == CARD_LANGUAGES

    for language in CARD_LANGUAGES:
        card = " ".join(
            bubble[language].fill(lambda name: flow.facts[name]) for bubble in flow.phrases.card
        )
        assert all(number in card for number in ("112", "109", "1366", "보이는 112"))


def test_the_card_leaves_room_for_one_question_in_a_turn(flow: CompiledFlow) -> None:
    assert len(flow.phrases.card) == 2


def test_a_korean_bubble_fits_120_characters(bundle: Bundle, flow: CompiledFlow) -> None:
    texts = [*_bubbles(bundle), *_phrases(bundle, flow)]

    long = [name for name, text in texts if len(_told(text["ko"], flow)) > 120]

    assert long == []


def test_a_question_has_two_bubbles_so_that_one_may_come_before(bundle: Bundle) -> None:
    long = [
        name
        for name, step in _steps(bundle)
        if step.waits and len([bubble for bubble in step.say if not bubble.when]) > 2
    ]

    assert long == []


def test_an_english_bubble_fits_a_phone(bundle: Bundle, flow: CompiledFlow) -> None:
    texts = [*_bubbles(bundle), *_phrases(bundle, flow)]

    long = [name for name, text in texts if len(_told(text["en"], flow)) > 240]

    assert long == []


def test_labels_fit_their_buttons(bundle: Bundle) -> None:
    long = [
        name for name, label in _labels(bundle) if len(label["ko"]) > 14 or len(label["en"]) > 20
    ]

    assert long == []


def test_the_labels_of_one_question_differ_in_what_kakao_shows(bundle: Bundle) -> None:
    for name, step in _steps(bundle):
        for language in LANGUAGES:
            shown = [choice.label[language][:14] for choice in step.choices]
            assert len(set(shown)) == len(shown), name


def test_the_tone_is_kept(bundle: Bundle, flow: CompiledFlow) -> None:
    harsh = [
        (name, found[0])
        for name, text in [*_texts(bundle), *_phrases(bundle, flow)]
        for words, never in ((text["ko"], NEVER_KOREAN), (text["en"], NEVER_ENGLISH))
        if (found := never.search(words) or EMOJI.search(words))
    ]

    assert harsh == []


def test_no_old_or_unverified_number_is_told(bundle: Bundle, flow: CompiledFlow) -> None:
    texts = [*_texts(bundle), *_phrases(bundle, flow)]

    old = [name for name, text in texts for words in text.values() if OLD_NUMBERS.search(words)]

    assert old == []


def test_every_consent_stands_alone_with_its_four_items(bundle: Bundle) -> None:
    consents = {
        name: " ".join(bubble.text["ko"] for bubble in step.say)
        for name, step in _steps(bundle)
        if name.rpartition("/")[2].startswith("consent")
    }

    assert len(consents) == 3
    for name, words in consents.items():
        for item in ("목적:", "항목:", "보관:", "동의하지 않아도"):
            assert item in words, name


def test_what_identifies_her_is_marked_private(bundle: Bundle) -> None:
    open_texts = [
        name
        for name, step in _steps(bundle)
        if step.text and step.text.kind in {"text", "phone"} and not step.private
    ]

    assert open_texts == []


def test_the_safety_questions_are_marked_provisional(flow: CompiledFlow) -> None:
    assert "safety" in flow.provisional


def test_every_safety_question_can_be_left_open(flow: CompiledFlow) -> None:
    for name, place in flow.places.items():
        if name.startswith("safety/") and len(place.options) > 2:
            assert {"none", "unknown", "skip"} <= {option.id for option in place.options}, name


# -- facts --------------------------------------------------------------------------------


def test_every_fact_has_a_source_and_a_day(bundle: Bundle) -> None:
    assert set(bundle.facts) == {"lines", "laws", "services"}
    for facts in bundle.facts.values():
        assert len({fact.id for fact in facts}) == len(facts)
        for fact in facts:
            assert fact.told, fact.id
            assert set(fact.name) >= LANGUAGES, fact.id
            assert re.search(r"https://\S+", fact.source), fact.id
            assert fact.checked_on <= CHECKED, fact.id
            assert fact.valid_to is None or fact.valid_to > fact.checked_on, fact.id


def test_every_line_says_what_it_is_for(bundle: Bundle) -> None:
    for line in bundle.facts["lines"]:
        assert line.number, line.id
        assert line.purpose, line.id
        assert set(line.purpose) >= LANGUAGES, line.id


def test_every_law_says_from_when_it_holds(bundle: Bundle) -> None:
    for law in bundle.facts["laws"]:
        assert law.valid_from, law.id


def test_the_victim_order_is_not_in_force_yet(bundle: Bundle) -> None:
    order = next(law for law in bundle.facts["laws"] if law.id == "victim_order")

    assert not order.holds_on(date(2026, 11, 24))
    assert order.holds_on(date(2027, 4, 22))
