"""One way out for every result: standard output or a file, for people or for scripts."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja_cli.cli.messages import say
from kinerja_cli.cli.reads import note_file, note_list
from kinerja_cli.cli.refusals import system_refusal
from kinerja_cli.cli.state import session
from kinerja_cli.cli.streams import put
from kinerja_cli.cli.values import as_json, plain, spoken, written
from kinerja_cli.cli.views import Column, Format, View
from kinerja_cli.domain.text import without_steering
from kinerja_cli.errors import UsageError
from kinerja_cli.files import atomic_path

if TYPE_CHECKING:
    from kinerja_cli.workbooks.write import Chart, Kind, Sheet

__all__ = ["ENDINGS", "Format", "show"]

ENDINGS = (".xlsx", ".csv", ".tsv", ".json", ".md")
"""What the name of a file to write may end in."""

_PORTION = 1_000
_BUFFER = 1 << 16
_encode = json.JSONEncoder(ensure_ascii=False).encode
_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in "\\|*_`[]<>#"} | {"\n": "<br>"})


def show(view: View, output: Format | None = None, to: Path | None = None) -> None:
    """Show a result: in a file where one is named, else on standard output.

    There the form is the one wished, else a table on a terminal and tsv in a pipe. With --quiet what a command kept
    is only shown in a form that was asked for. Raises UsageError for a file of an unknown ending, and what the
    system refuses as a KinerjaError.
    """
    if to is not None:
        _write_file(view, to)
        note_file(view, to)
        return
    wished = output or session.format
    if session.quiet and wished is None and session.store is not None and session.store.wrote:
        return
    form = wished or (Format.TABLE if sys.stdout.isatty() else Format.TSV)
    note_list(view, form.value)
    if view.text is not None and (form is Format.TABLE or not wished):
        put(_pasted(view))
        for note in view.notes:
            say(note)
        return
    if form is Format.TABLE:
        from kinerja_cli.cli.table import draw

        draw(view)
        return
    for text in _portions(_lines(view, form)):
        put(text)
    if form is not Format.JSON:
        for note in view.notes:
            say(note)


def _write_file(view: View, to: Path) -> None:
    ending = to.suffix.lower()
    endings = ENDINGS if view.text is None else (".txt", *ENDINGS)
    if ending not in endings:
        raise UsageError(
            _("{file}: its ending says no form to write.").format(file=to),
            _("The name of the file must end in one of {endings}.").format(endings=" ".join(endings)),
        )
    try:
        if ending == ".xlsx":
            from kinerja_cli.workbooks.write import write_workbook

            write_workbook(to, [_sheet(view), *map(_sheet, view.beside)])
        else:
            with atomic_path(to) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(_file_lines(view, ending))
    except OSError as error:
        refusal = system_refusal(error, to)
        if refusal is None:
            raise
        raise refusal from error


def _file_lines(view: View, ending: str) -> Iterator[str]:
    """The text of a view as a file of that ending holds it."""
    if ending == ".txt" or (ending == ".md" and view.is_document):
        return iter([_pasted(view)])
    return _markdown(view) if ending == ".md" else _lines(view, Format(ending[1:]))


def _pasted(view: View) -> str:
    return f"{plain(view.text)}\n" if view.text else ""


def _lines(view: View, form: Format) -> Iterator[str]:
    """The text of a view for scripts, a row at a time."""
    if form is Format.JSON:
        return _json(view)
    keys = [column.key for column in view.export_columns]
    rows = ([written(row.get(key)) for key in keys] for row in view.rows)
    return _csv(keys, rows) if form is Format.CSV else _tsv(keys, rows)


def _portions(lines: Iterable[str]) -> Iterator[str]:
    """Lines in portions: a write for each would be slow, one for all would wait for the last."""
    portion: list[str] = []
    for line in lines:
        portion.append(line)
        if len(portion) == _PORTION:
            yield "".join(portion)
            portion.clear()
    yield "".join(portion)


def _tsv(keys: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "\t".join(keys) + "\n"
    for row in rows:
        yield "\t".join([_quoted(cell) if cell[:1] == '"' else cell for cell in row]) + "\n"


def _quoted(cell: str) -> str:
    """A cell that begins with a quotation mark, which readers would take for the start of a quoted one."""
    return '"' + cell.replace('"', '""') + '"'


def _csv(keys: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(keys)
    for row in rows:
        writer.writerow(row)
        if buffer.tell() > _BUFFER:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _json(view: View) -> Iterator[str]:
    if view.data is not None:
        yield _dump(view.data) + "\n"
        return
    keys = [column.key for column in view.export_columns]
    objects = ({key: row.get(key) for key in keys} for row in view.rows)
    if view.single:
        yield _dump(next(objects, None)) + "\n"
        return
    before = "[\n"
    for one in objects:
        yield before + _object(one)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _object(one: Mapping[str, object]) -> str:
    """One object of an array, indented by two.

    Composed by hand for the sake of long listings: `json` indents in Python, four times as slow.
    """
    members = (f'    "{key}": {_member(value)}' for key, value in one.items())
    return "  {\n" + ",\n".join(members) + "\n  }"


def _member(value: object) -> str:
    if isinstance(value, str):
        return without_steering(_encode(value))
    return _dump(value).replace("\n", "\n    ")


def _dump(value: object) -> str:
    return without_steering(json.dumps(value, ensure_ascii=False, indent=2, default=as_json))


def _markdown(view: View) -> Iterator[str]:
    yield f"# {_cell(view.title)}\n\n"
    if view.subtitle:
        yield f"{_cell(view.subtitle)}\n\n"
    columns = [column for column in view.table_columns if column.kind != "bar"]
    if view.single:
        yield f"| {_('Field')} | {_('Value')} |\n| --- | --- |\n"
        for row in view.rows:
            for column in columns:
                yield f"| {_cell(column.title)} | {_cell(spoken(column, row.get(column.key)))} |\n"
    else:
        yield from _markdown_rows(view, columns)
    if view.notes:
        yield "\n"
    for note in view.notes:
        yield f"{_cell(note)}\n\n"


def _markdown_rows(view: View, columns: Sequence[Column]) -> Iterator[str]:
    """The rows under their titles, those of a group below a row that names it."""
    yield "| " + " | ".join(_cell(column.title) for column in columns) + " |\n"
    marks = ("---:" if column.kind in ("number", "percent") else "---" for column in columns)
    yield "| " + " | ".join(marks) + " |\n"
    for heading, rows in view.grouped(view.rows, view.rows):
        if heading:
            yield f"| **{_cell(heading)}**" + " |" * len(columns) + "\n"
        for row in rows:
            yield "| " + " | ".join(_cell(spoken(one, row.get(one.key))) for one in columns) + " |\n"

    if view.total is not None:
        total = [spoken(one, view.total[one.key]) if one.key in view.total else "" for one in columns]
        yield "| " + " | ".join(f"**{_cell(text)}**" if text else "" for text in total) + " |\n"


def _cell(text: str) -> str:
    return plain(text).translate(_MARKDOWN)


def _sheet(view: View) -> "Sheet":
    """A view as a sheet of a workbook: words for people, numbers and dates as such."""
    from kinerja_cli.workbooks import write

    if view.single:
        columns = [write.Column("field", _("Field")), write.Column("value", _("Value"))]
        rows: list[list[object]] = [
            [column.title, spoken(column, row.get(column.key))] for row in view.rows for column in view.columns
        ]
        return write.Sheet(view.title, columns, rows, view.title, view.subtitle, notes=view.notes)
    shown = view.workbook_columns
    total = view.total
    return write.Sheet(
        view.title,
        [write.Column(one.key, one.title, _kind(one), one.width) for one in shown],
        ([_value(one, row.get(one.key)) for one in shown] for row in view.rows),
        view.title,
        view.subtitle,
        total=None if total is None else [_value(one, total.get(one.key)) for one in shown],
        chart=_chart(view, shown),
        notes=view.notes,
    )


def _chart(view: View, shown: Sequence[Column]) -> "Chart | None":
    from kinerja_cli.workbooks import write

    parts = next((column.parts for column in view.columns if column.kind == "bar"), ())
    named = next((column.key for column in shown if column.in_table and column.kind == "text"), None)
    if not (view.chart and parts and named):
        return None
    return write.Chart(view.title, named, parts)


def _kind(column: Column) -> "Kind":
    return "text" if column.kind == "list" or column.kind == "bar" else column.kind


def _value(column: Column, value: object) -> object:
    """A value as a workbook keeps it."""
    if value is None:
        return None
    if column.kind == "percent" and isinstance(value, (int, float, Decimal)):
        return value / 100
    if column.kind == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return plain(value)
    if column.kind in ("number", "date") and not isinstance(value, (str, bool)):
        return value
    return spoken(column, value)
