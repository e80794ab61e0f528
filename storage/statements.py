"""Statements over our tables, compiled once to text: the path of a message builds no SQL.

Values are tuples in the order that each statement names; `Statements` refuses another order
when it is made, so a column added in the wrong place cannot shift the values.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ARRAY,
    Column,
    Dialect,
    Table,
    TableValuedAlias,
    bindparam,
    column,
    delete,
    func,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.sql import ClauseElement
from sqlmodel import SQLModel

from storage.lists import Kind, kind

BUCKETS = (1, 4, 16, 64, 256)
"""How many values a compiled IN may have; short lists are filled up."""
TOGETHER = 16
"""Rows of one INSERT on SQLite: each statement gives way to the event loop's thread once."""


def table(model: type[SQLModel]) -> Table:
    """Return the Core table of a model."""
    return cast("Table", model.__table__)  # type: ignore[attr-defined]  # set by SQLModel


class Compiler:
    """Compiles for one database."""

    def __init__(self, *, sqlite: bool) -> None:
        self._sqlite = sqlite
        name, style = ("sqlite", "qmark") if sqlite else ("postgresql+psycopg", "format")
        self._dialect: Dialect = make_url(f"{name}://").get_dialect()(paramstyle=style)  # type: ignore[call-arg]  # each has it

    def text(self, clause: ClauseElement, *order: str) -> str:
        """Return the text of a statement whose values come in this order."""
        compiled = clause.compile(dialect=self._dialect)
        wanted = tuple(getattr(compiled, "positiontup", None) or ())
        if wanted != order:
            raise ValueError(f"values must come as {wanted}, not {order}")
        return str(compiled)

    def insert(self, into: Table, *, but: str = "") -> "Change":
        """Insert whole rows, in the order of the columns, but one that the database gives."""
        columns = {each.name: each for each in into.columns if each.name != but}
        if self._sqlite:
            one = self._change(insert(into).values(_named(list(columns))), columns)
            return one._replace(wide=_wide(one.text))
        given = _rows(columns)
        return self._change(
            insert(into).from_select(list(columns), select(*given.columns)), columns
        )

    def update(self, rows: Table, keys: Sequence[str], names: Sequence[str]) -> "Change":
        """Set columns (in the order of the table), then the keys, of one row each."""
        columns = _columns(rows, names, keys)
        if self._sqlite:
            return self._change(_where(update(rows).values(_named(names)), rows, keys), columns)
        given = _rows(columns)
        changed = update(rows).values({name: given.columns[name] for name in names})
        return self._change(_joined(changed, rows, given, keys), columns)

    def delete(self, rows: Table, *keys: str) -> "Change":
        """Delete the rows with these keys."""
        columns = _columns(rows, [], keys)
        if self._sqlite:
            return self._change(_where(delete(rows), rows, keys), columns)
        return self._change(_joined(delete(rows), rows, _rows(columns), keys), columns)

    def _change(self, statement: ClauseElement, columns: "dict[str, Column[Any]]") -> "Change":
        kinds = tuple(kind(each.type) for each in columns.values())
        return Change(self.text(statement, *columns), kinds)

    def find(self, rows: Table, keys: Sequence[str], names: Sequence[str]) -> str:
        """Select columns of the rows with these keys."""
        found = select(*(rows.columns[name] for name in names))
        return self.text(_where(found, rows, keys), *(f"key_{key}" for key in keys))

    def older(self, rows: Table, name: str) -> str:
        """Select some whole rows where a column is below a value."""
        limit = bindparam("below", type_=rows.columns[name].type)
        below = select(*rows.columns).where(rows.columns[name] < limit)
        return f"{self.text(below, 'below')} LIMIT {BUCKETS[-1]}"

    def among(
        self,
        wanted: "Column[Any]",
        columns: Sequence["Column[Any]"],
        *,
        keys: Sequence[str] = (),
        lock: bool = False,
    ) -> "Among":
        """Select the rows with these keys whose column is among some values.

        With `lock` they are locked in its order, so that two who lock never wait in a ring.
        """
        texts = {}
        for size in BUCKETS:
            names = [f"k{number}" for number in range(size)]
            rows = _where(select(*columns), wanted.table, keys)
            rows = rows.where(wanted.in_([bindparam(name, type_=wanted.type) for name in names]))
            if lock:
                rows = rows.order_by(wanted).with_for_update()
            texts[size] = self.text(rows, *(f"key_{key}" for key in keys), *names)
        return Among(texts)


class Change(NamedTuple):
    """A statement that writes many rows, and how PostgreSQL is given each of their columns."""

    text: str
    kinds: tuple[Kind, ...]
    wide: tuple[str, ...] = ()
    """On SQLite, for inserts: the same for one row, for two at once, and so on."""

    def ending(self, clause: str) -> "Change":
        """Return this with a further clause, such as what to do in a conflict."""
        wide = tuple(f"{text} {clause}" for text in self.wide)
        return self._replace(text=f"{self.text} {clause}", wide=wide)


def _wide(text: str) -> tuple[str, ...]:
    row = text[text.index("VALUES") + len("VALUES") :]
    return tuple(text + f",{row}" * more for more in range(TOGETHER))


class Among:
    """A query for rows whose column is among at most 256 values at a time."""

    def __init__(self, texts: dict[int, str]) -> None:
        self._texts = texts

    def parts(self, values: Sequence[Any], *keys: object) -> list[tuple[str, list[Any]]]:
        """Return the text and the values of each query that is needed."""
        most = BUCKETS[-1]
        return [self._part(values[at : at + most], keys) for at in range(0, len(values), most)]

    def _part(self, values: Sequence[Any], keys: Sequence[object]) -> tuple[str, list[Any]]:
        size = next(bucket for bucket in BUCKETS if bucket >= len(values))
        return self._texts[size], [*keys, *values, *([values[-1]] * (size - len(values)))]


def _columns(rows: Table, names: Sequence[str], keys: Sequence[str]) -> dict[str, "Column[Any]"]:
    return {
        **{name: rows.columns[name] for name in names},
        **{f"key_{key}": rows.columns[key] for key in keys},
    }


def _rows(columns: dict[str, "Column[Any]"]) -> TableValuedAlias:
    """Return the rows that PostgreSQL makes of one list for each column: one statement for all."""
    lists = [bindparam(name, type_=ARRAY(each.type)) for name, each in columns.items()]
    shape = [column(name, each.type) for name, each in columns.items()]
    return func.unnest(*lists).table_valued(*shape).render_derived(name="given")


def _joined(statement: Any, rows: Table, given: TableValuedAlias, keys: Sequence[str]) -> Any:  # noqa: ANN401  # update and delete share `where` but no type
    for key in keys:
        statement = statement.where(rows.columns[key] == given.columns[f"key_{key}"])
    return statement


def _named(names: Sequence[str]) -> dict[str, Any]:
    return {name: bindparam(name) for name in names}


def _where(statement: Any, rows: Any, keys: Sequence[str]) -> Any:  # noqa: ANN401  # select, update and delete share `where` but no type
    for key in keys:
        wanted = bindparam(f"key_{key}", type_=rows.columns[key].type)
        statement = statement.where(rows.columns[key] == wanted)
    return statement
