"""The sheets of several files on their way to an import: told apart by name, and what was read of them noted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kinerja_cli.domain.rows import Row, Source
from kinerja_cli.errors import KinerjaError
from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading

_KEYS = ("nip", "unit_code", "day")
"""The field that says a row is about somebody, in a table of units about some unit, in one of holidays of a day."""


@dataclass(slots=True)
class SheetSeen:
    """One sheet that an import has read, and the numbers of its rows about somebody: those that are found by their
    NIP, and all."""

    path: Path
    source: Source
    rows: list[int] = field(default_factory=list)
    about: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that could not be read at all, and the refusal that says why."""

    file: str
    error: KinerjaError


def known_as(files: Sequence[Path]) -> Mapping[Path, str]:
    """What each file is called: its name, and of files of one name as much of their folders as it takes."""
    names = {file: file.name for file in files}
    depth = 1
    while len(set(names.values())) < len(names) and depth < max(len(file.parts) for file in files):
        depth += 1
        taken = list(names.values())
        names = {file: "/".join(file.parts[-depth:]) if taken.count(name) > 1 else name for file, name in names.items()}
    return names


def held(sheet: SheetReading | IgnoredSheet) -> SheetReading | IgnoredSheet:
    """The sheet with all its rows read, so that what refuses its file has come to light."""
    return sheet if isinstance(sheet, IgnoredSheet) else replace(sheet, rows=tuple(sheet.rows))


def watch(
    path: Path, name: str, sheet: SheetReading | IgnoredSheet, seen: list[SheetSeen] | None
) -> SheetReading | IgnoredSheet:
    """The sheet itself, its file called by `name`; where wanted what is read of it is noted in `seen`."""
    if isinstance(sheet, IgnoredSheet):
        return replace(sheet, file=name)
    source = sheet.source if name == sheet.source.file else replace(sheet.source, file=name)
    noted = SheetSeen(path, source)
    rows: Iterable[Row] = sheet.rows
    if source is not sheet.source:
        rows = _Renamed(rows, source)
    if seen is not None:
        seen.append(noted)
        rows = _Noted(rows, noted)
    return replace(sheet, source=source, rows=rows)


@dataclass(frozen=True, slots=True)
class _Renamed:
    """Rows whose file goes by another name."""

    rows: Iterable[Row]
    source: Source

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.source, row.number, row.cells) for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Noted:
    """Rows of which those about somebody are noted when they are read."""

    rows: Iterable[Row]
    seen: SheetSeen

    def __iter__(self) -> Iterator[Row]:
        seen = self.seen
        seen.rows.clear()
        seen.about.clear()
        key = next((name for name in _KEYS if name in seen.source.columns), "nip")
        for row in self.rows:
            seen.about.add(row.number)
            if row.get(key) is not None:
                seen.rows.append(row.number)
            yield row
