"""The small model: small, reproducible, and as good as the docs say."""

import re
import time
from itertools import product
from pathlib import Path

import pytest

from flows.triage import Label, triage
from flows.triage.corpus import corpus
from flows.triage.judge import by_rules
from flows.triage.measure import main, report
from flows.triage.model import FILE, packed, unpacked
from flows.triage.reading import URGENT, read
from flows.triage.train import trained

_TEST = [message for message in corpus() if message.split == "test"]


@pytest.mark.parametrize("weights", list(product((-9_999, -1, 0, 7, 9_999), repeat=5))[::97])
def test_weights_side_by_side_add_up_each_for_itself(weights: tuple[int, ...]) -> None:
    other = (3, -4, 5, -6, 7)

    assert unpacked(packed(weights) + packed(other)) == [
        one + two for one, two in zip(weights, other, strict=True)
    ]


def test_the_model_file_is_what_training_makes() -> None:
    learned = [message for message in corpus() if message.split != "test"]

    assert trained(learned) == FILE.read_text(encoding="utf-8")


def test_the_model_file_is_small() -> None:
    assert FILE.stat().st_size <= 1_250_000


def test_no_message_is_both_learned_and_measured() -> None:
    learned = {_bare(message.text) for message in corpus() if message.split != "test"}

    assert [message.text for message in _TEST if _bare(message.text) in learned] == []


def test_the_promised_rates_hold_on_the_test_split() -> None:
    urgent = [triage(message.text) for message in _TEST if message.label in URGENT]
    hard = [triage(one.text) for one in _TEST if one.label == "other" and "hard:" in one.note]
    flagged = sum(signal.label in URGENT for signal in hard)

    assert sum(signal.label in URGENT for signal in urgent) >= 0.85 * len(urgent)
    assert sum(signal.label in URGENT or signal.ask for signal in urgent) >= 0.95 * len(urgent)
    assert flagged <= 0.05 * len(hard)
    assert sum(signal.ask for signal in hard) <= 0.15 * len(hard)
    for wish in (Label.HUMAN, Label.EXIT, Label.DELETE):
        wishes = [triage(message.text).label for message in _TEST if message.label == wish]
        assert wishes.count(wish) >= 0.9 * len(wishes)


def test_the_model_lowers_nothing_on_the_whole_corpus() -> None:
    for message in corpus()[::5]:
        alone = by_rules(read(message.text))
        if alone.label in URGENT:
            assert triage(message.text).label in URGENT


def test_rates_are_counted() -> None:
    text = report([(Label.IMMINENT, "", "살려주세요"), (Label.OTHER, "hard:past", "안녕하세요")])

    assert re.search(r"urgent, recognised +1 of +1  1\.000", text)
    assert re.search(r"hard other, flagged urgent +0 of +1  0\.000", text)


def test_a_file_of_messages_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gold.tsv"
    file.write_text("id\tlabel\tnote\ttext\n1\timminent\t\t살려주세요\n", encoding="utf-8")

    main([str(file)])

    assert "1.000" in capsys.readouterr().out


@pytest.mark.bench
def test_it_costs_half_a_millisecond() -> None:
    triage("안녕하세요")
    times = []
    for message in corpus():
        start = time.process_time()
        triage(message.text)
        times.append(time.process_time() - start)
    times.sort()

    assert times[len(times) // 2] <= 0.000_5
    assert times[len(times) * 99 // 100] <= 0.003


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)
