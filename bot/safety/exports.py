"""Her copies: the log and the plan as PDF, the log as CSV for the police."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone

from bot.safety.pdf import Line, document
from flows.own.incident import ACTS, CODES, PARTS, PLACES, Incident
from flows.own.pattern import Pattern
from flows.own.plan import Item, ways
from storage.keepsakes import Keepsake, unbroken

SEOUL = timezone(timedelta(hours=9))
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "번호 No.", "날짜 Date", "대략 About", "때 Time", "행위 Act", "법 2조 1항 호 Art. 2(1)1",
    "곳 Place", "횟수 Count", "있었던 일 What happened", "위협 Threat", "흉기 Weapon",
    "본 사람 Witness", "증거 둔 곳 Evidence kept at", "신고 Reported", "신고 번호 Report",
    "보호조치 위반 Breach", "영향 Effect", "적은 때 Written at", "고침 Replaces", "확인값 SHA-256",
)  # fmt: skip


def log_csv(entries: Sequence[Keepsake]) -> bytes:
    """Return every entry that was ever written, corrections too, with its digest."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_safe(cell) for cell in _cells(entry)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def log_pdf(entries: Sequence[Keepsake], standing: Sequence[Keepsake], seen: Pattern) -> bytes:
    """Return the log as it stands, what it shows, and by what it can be checked."""
    return document(_log_lines(entries, standing, seen))


def plan_pdf(items: Sequence[Item]) -> bytes:
    """Return her plan in Korean and English."""
    return document(_plan_lines(items))


def _log_lines(
    entries: Sequence[Keepsake], standing: Sequence[Keepsake], seen: Pattern
) -> Iterator[Line]:
    yield Line("기록 / Log", 16)
    yield Line(f"모두 {seen.total}건. 조치 위반 {seen.breaches}, 위협 {seen.threats}. "
               f"최근 30일 {seen.lately}, 그 전 30일 {seen.before}.", 10.5, 8)  # fmt: skip
    yield Line(f"{seen.total} in all; breaches {seen.breaches}, threats {seen.threats}; "
               f"last 30 days {seen.lately}, 30 days before {seen.before}.")  # fmt: skip
    for entry in standing:
        one = Incident.model_validate(entry.data)
        about = " (대략 / about)" if one.about else ""
        yield Line(f"{entry.number}. {one.day:%Y-%m-%d}{about}  {_both(PARTS, one.part)}", 11, 12)
        code = f"({CODES[one.act]}) " if CODES[one.act] else ""
        yield Line(f"{code}{_both(ACTS, one.act)} · {_both(PLACES, one.place)}")
        yield from map(Line, _details(one))
    last = entries[-1].digest if entries else "-"
    sound = "예 / yes" if unbroken(list(entries)) else "아니요 / NO"
    yield Line(f"이어진 확인값(SHA-256) / chained digest: {last}", 8, 18)
    yield Line(f"적은 뒤 바뀌지 않음 / unchanged since written: {sound}", 8)


def _details(one: Incident) -> Iterator[str]:
    if one.count > 1:
        yield f"횟수 / count: {one.count}"
    for label, told in (
        ("있었던 일 / what happened", one.what),
        ("본 사람 / witness", one.witness),
        ("증거 둔 곳 / evidence kept at", one.evidence),
        ("신고 / report", one.report or ("예 / yes" if one.reported else "")),
        ("영향 / effect on me", one.effect),
    ):
        if told:
            yield f"{label}: {told}"
    marks = [("위협 / threat", one.threat), ("흉기 / weapon", one.weapon)]
    marks.append(("보호조치 위반 / breach of a measure", one.breach))
    if told := ", ".join(name for name, holds in marks if holds):
        yield told


def _plan_lines(items: Sequence[Item]) -> Iterator[Line]:
    known = {way.id: way for way in ways()}
    yield Line("내가 할 수 있는 것 / What I can do", 16)
    for item in items:
        way = known.get(item.way or "")
        mark = "[v]" if item.done else "[ ]"
        for language in ("ko", "en"):
            if way:
                yield Line(f"{mark} {way.situation[language]}: {way.action[language]}", 10.5, 8)
        if item.situation or item.action:
            yield Line(f"{mark} {item.situation}: {item.action}", 10.5, 8)
        if way and way.notice:
            yield Line("! 그 사람이 알아차릴 수 있어요 / that person might notice", 9)
        if way and way.device:
            yield Line("! 안전한 기기에서 / on a safe device", 9)
        if item.helper:
            yield Line(f"함께 / with: {item.helper}", 9)
        dates = [("언제까지 / by", item.by), ("조치 끝나는 날 / measure ends", item.until)]
        yield from (Line(f"{name}: {day:%Y-%m-%d}", 9) for name, day in dates if day)


def _cells(entry: Keepsake) -> list[str]:
    at = datetime.fromtimestamp(entry.at / 1000, UTC).astimezone(SEOUL)
    tail = [f"{at:%Y-%m-%d %H:%M}", str(entry.replaces or ""), entry.digest]
    if entry.data is None:
        return [str(entry.number), *[""] * (len(COLUMNS) - 4), *tail]
    one = Incident.model_validate(entry.data)
    yes = {True: "예 yes", False: ""}
    return [
        str(entry.number), f"{one.day:%Y-%m-%d}", yes[one.about], _both(PARTS, one.part),
        _both(ACTS, one.act), CODES[one.act], _both(PLACES, one.place), str(one.count), one.what,
        yes[one.threat], yes[one.weapon], one.witness, one.evidence, yes[one.reported],
        one.report, yes[one.breach], one.effect, *tail,
    ]  # fmt: skip


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet reads as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _both(words: dict[str, dict[str, str]], name: str) -> str:
    return f"{words[name]['ko']} / {words[name]['en']}"
