"""Lists that stand side by side in one sheet, each with columns for name and NIP of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kinerja_cli.domain.rows import CellValue, column_letter
from kinerja_cli.workbooks.grid import Cells
from kinerja_cli.workbooks.heading_rows import HeadingRow, find_heading, texts_of
from kinerja_cli.workbooks.headings import OURS, UNTOLD, normalise
from kinerja_cli.workbooks.layouts import Purpose
from kinerja_cli.workbooks.refusals import ColumnsRepeated


@dataclass(frozen=True, slots=True)
class Strip:
    """One list of several: its headings, and the columns from which and before which it stands."""

    heading: HeadingRow
    start: int
    stop: int

    @property
    def columns(self) -> str:
        """Its columns as the spreadsheet names them."""
        return f"{column_letter(self.start)}-{column_letter(self.stop - 1)}"

    def cut(self, row: Cells) -> list[CellValue]:
        """A row without what stands in the other lists."""
        return [*[None] * min(self.start, len(row)), *row[self.start : self.stop]]


@dataclass(frozen=True, slots=True)
class StripRows:
    """The rows of one list, each in its own columns."""

    rows: Iterable[Cells]
    strip: Strip

    def __iter__(self) -> Iterator[Cells]:
        return map(self.strip.cut, self.rows)


def titles_over(strip: Strip, rows: Sequence[Cells]) -> list[tuple[str, ...]]:
    """What stands over one list; where nothing does, what stands over the first columns is the title of all."""
    own = [texts_of(strip.cut(row)) for row in rows]
    return own if any(own) else [texts_of(row[: strip.start]) for row in rows]


def strips(
    path: Path, sheet: str, head: Sequence[Cells], heading: HeadingRow, purpose: Purpose, mapping: Mapping[str, str]
) -> Sequence[Strip]:
    """The lists of a sheet that has several side by side; nothing where it has one.

    Raises ColumnsRepeated where a roster has name and NIP twice and it is not clear that these are two lists.
    """
    columns = heading.layout.columns
    keys = [columns[name] for name in (("name_nip",) if "name_nip" in columns else ("nip", "name")) if name in columns]
    if not keys or ("name_nip" not in columns and len(keys) < 2):
        return ()
    texts = _texts(head[heading.index + 1 - heading.height : heading.index + 1])
    wanted = [texts[column] for column in keys]
    free = [at for at in range(max(keys) + 1, len(texts)) if at not in columns.values()]
    again = [[at for at in free if texts[at] == text] for text in wanted]
    if not all(again):
        return ()
    found = _parted(head, heading, texts, wanted, purpose, mapping)
    if len(found) > 1:
        return found
    if purpose is not Purpose.ROSTER:
        return ()
    places = sorted({*keys, *(at for one in again for at in one)})
    raise ColumnsRepeated(path.name, sheet, heading.index + 1, wanted, [column_letter(at) for at in places])


def _parted(
    head: Sequence[Cells],
    heading: HeadingRow,
    texts: Sequence[str],
    wanted: Sequence[str],
    purpose: Purpose,
    mapping: Mapping[str, str],
) -> list[Strip]:
    """The lists, if each begins with the same heading and is parted from the one before it."""
    first = next(at for at, text in enumerate(texts) if text and text not in OURS)
    parted = texts[first] in UNTOLD
    starts = [
        at for at, text in enumerate(texts) if text == texts[first] and (at == first or parted or not texts[at - 1])
    ]
    found = []
    for start, stop in zip(starts, [*starts[1:], len(texts)], strict=True):
        if not set(wanted) <= set(texts[start:stop]):
            return []
        strip = Strip(heading, start, stop)
        top = heading.index + 1 - heading.height
        own = find_heading([*head[:top], *map(strip.cut, head[top:])], purpose, mapping)
        if own is None or own.index != heading.index:
            return []
        found.append(Strip(own, start, stop))
    return found


def _texts(rows: Sequence[Cells]) -> list[str]:
    """What heads each column; where two rows do, a group in the upper one is part of it."""
    width = max(map(len, rows))
    lines = [[normalise(row[at]) if at < len(row) else "" for at in range(width)] for row in rows]
    if len(lines) == 1:
        return lines[0]
    upper, lower = lines
    for at in range(1, width):
        if not upper[at] and lower[at] and lower[at - 1]:
            upper[at] = upper[at - 1]
    return [f"{high} {low}".strip() for high, low in zip(upper, lower, strict=True)]
