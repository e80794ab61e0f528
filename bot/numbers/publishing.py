"""From what is counted to what may be seen: protected, and compared with what was published."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.numbers.sources import Counting, Indicator
from flows.numbers import releases as comparing
from flows.numbers.cells import Dimension, Key, Layout, order
from flows.numbers.hiding import Published
from flows.numbers.releases import Release
from storage.database import Database
from storage.numbers import releases

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Tables that may be seen, with the figures beside them."""

    layout: Layout
    published: Published
    indicators: list[Indicator]


async def prepare(database: Database, counting: Counting, first: date, until: date) -> Sheet:
    """Count a time and hide what must be hidden, also in view of earlier releases."""
    records, indicators = await counting.count(first, until)
    layout = counting.layout()
    earlier = [_release(kept) for kept in await releases.everything(database, counting.source)]
    counts = layout.count(records)
    published = await asyncio.to_thread(
        comparing.release, layout, counts, (first, until), earlier
    )  # seconds, where three dimensions meet: nobody in a chat waits for it
    return Sheet(layout, published, indicators)


async def publish(
    database: Database, counting: Counting, period: tuple[date, date], staff_id: int
) -> int:
    """Publish the tables of a time; returns the number of the release."""
    sheet = await prepare(database, counting, *period)
    first, until = period
    kept = releases.Kept(
        0, counting.source, first.isoformat(), until.isoformat(), packed(sheet), 0
    )
    return await releases.add(database, kept, staff_id)


def packed(sheet: Sheet) -> Json:
    """Return a sheet as JSON values."""
    dimensions = [
        {"name": one.name, "label": one.label, "values": dict(one.values)}
        for one in sheet.layout.dimensions.values()
    ]
    cells = sorted(sheet.published.cells.items(), key=lambda item: order(item[0]))
    return {
        "dimensions": dimensions,
        "tables": [list(table) for table in sheet.layout.tables],
        "cells": [[sorted(map(list, key)), many] for key, many in cells],
        "indicators": [
            {"name": one.name, "label": one.label, "value": one.value} for one in sheet.indicators
        ],
    }


def unpacked(body: Mapping[str, Any]) -> Sheet:
    """Read back what `packed` gave."""
    dimensions = {
        one["name"]: Dimension(one["name"], one["label"], one["values"])
        for one in body["dimensions"]
    }
    layout = Layout(dimensions, tuple(tuple(table) for table in body["tables"]))
    indicators = [Indicator(one["name"], one["label"], one["value"]) for one in body["indicators"]]
    return Sheet(layout, Published(_cells(body)), indicators)


def _cells(body: Mapping[str, Any]) -> dict[Key, int]:
    return {frozenset((name, value) for name, value in key): many for key, many in body["cells"]}


def _release(kept: releases.Kept) -> Release:
    first, until = date.fromisoformat(kept.first), date.fromisoformat(kept.until)
    return Release(first, until, _cells(kept.body))
