"""Bars as SVG: one for each row of a table that has a number to show."""

from bot.numbers.shown import HIDDEN, Table
from bot.site.markup import Html, tag

WIDE, HIGH, LABEL, BAR = 420, 30, 170, 190


def bars(table: Table) -> Html | None:
    """Return the last column of a table as bars; None when nothing of it is shown."""
    rows = [row for row in table.rows if not row.total]
    most = max((row.numbers[-1] or 0 for row in rows), default=0)
    if not most:
        return None
    drawn = [
        _bar(n, row.label, row.numbers[-1], (row.numbers[-1] or 0) / most)
        for n, row in enumerate(rows)
    ]
    told = ", ".join(f"{row.label} {_told(row.numbers[-1])}" for row in rows)
    return tag(
        "svg",
        drawn,
        class_="bars",
        viewBox=f"0 0 {WIDE} {HIGH * len(rows)}",
        role="img",
        aria_label=f"{table.title}: {told}",
    )


def _bar(n: int, label: str, number: int | None, part: float) -> list[Html]:
    y = n * HIGH
    middle = y + HIGH // 2 + 5
    return [
        tag("text", label, x=LABEL - 8, y=middle, text_anchor="end"),
        tag("rect", x=LABEL, y=y + 5, width=max(1, round(BAR * part)), height=HIGH - 10, rx=3),
        tag("text", _told(number), x=LABEL + round(BAR * part) + 8, y=middle),
    ]


def _told(number: int | None) -> str:
    return HIDDEN if number is None else f"{number:,}"
