"""A result before anyone knows how it will be shown: typed values, and columns that say what they are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any, Literal, TypeVar

_Row = TypeVar("_Row")
Kind = Literal["text", "nip", "number", "percent", "date", "bar", "list"]


class Format(StrEnum):
    """How a result is shown on standard output."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `key` for scripts, `title` for people, `kind` for how its values are written.

    A percent is given as 0 to 100. A bar has no values of its own: it stacks the numbers of the columns that
    `parts` names, best first. `labels` are the words people see for values; scripts see the values. A `wide`
    column is the first to go where the screen is narrow. Workbooks have what scripts get and percentages, but
    for columns that are not `in_workbook`.
    """

    key: str
    title: str
    kind: Kind = "text"
    labels: Mapping[Any, str] = field(default_factory=dict)
    in_table: bool = True
    in_export: bool = True
    wide: bool = False
    parts: tuple[str, ...] = ()
    in_workbook: bool = True
    width: int | None = None

    @property
    def exported(self) -> bool:
        """Whether scripts get it: a bar is only ever a picture of other columns."""
        return self.in_export and self.kind != "bar"


@dataclass(frozen=True, slots=True)
class View:
    """A result: rows of typed values under columns, and what is said around them.

    A `single` view is one object rather than a listing. `data`, where given, is what JSON prints in place of
    the rows, and `on_screen` what a table for people shows in place of very many of them. `chart` asks for a chart
    of the bar column in workbooks, where views `beside` it have sheets of their own.
    `group` says under which heading people see a row; the rows stand in that order. `text`, where given, is what
    people get in place of a table: something to paste; it `is_document` where it is Markdown, which a .md
    file then holds.
    `people` are those whose data it shows, where no column of NIP says so, and `of` the options that chose them.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, object]]
    single: bool = False
    notes: tuple[str, ...] = ()
    total: Mapping[str, object] | None = None
    chart: bool = False
    subtitle: str | None = None
    data: object | None = None
    beside: "tuple[View, ...]" = ()
    on_screen: Sequence[Mapping[str, object]] | None = None
    group: Callable[[Mapping[str, object]], str] | None = None
    text: str | None = None
    is_document: bool = False
    people: Sequence[str] | None = None
    of: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def whose(self) -> Sequence[str]:
        """The NIP of everybody whose data it shows, as far as its rows or whoever made it say so."""
        if self.people is not None:
            return self.people
        if not any(column.key == "nip" and column.kind == "nip" for column in self.columns):
            return ()
        return sorted({nip for row in self.rows if isinstance(nip := row.get("nip"), str)})

    @property
    def table_rows(self) -> Sequence[Mapping[str, object]]:
        """The rows that people see."""
        return self.rows if self.on_screen is None else self.on_screen

    def grouped(self, rows: Sequence[Mapping[str, object]], drawn: Sequence[_Row]) -> Iterator[tuple[str, list[_Row]]]:
        """What was made of rows, one each and in their order, under the headings people see; "" for none."""
        group = self.group or (lambda _row: "")
        pairs = zip(map(group, rows), drawn, strict=True)
        for heading, found in groupby(pairs, key=lambda pair: pair[0]):
            yield heading, [one for _heading, one in found]

    @property
    def table_columns(self) -> list[Column]:
        """What people see."""
        return [column for column in self.columns if column.in_table]

    @property
    def export_columns(self) -> list[Column]:
        """What scripts see."""
        return [column for column in self.columns if column.exported]

    @property
    def workbook_columns(self) -> list[Column]:
        """What a workbook has: all that scripts get, and the percentages people see."""
        return [
            column for column in self.columns if column.in_workbook and (column.exported or column.kind == "percent")
        ]
