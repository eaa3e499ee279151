"""What is wrong with the input, put together so that nobody drowns in it: alike under alike, the worst first."""

from collections.abc import Iterable, Sequence
from gettext import gettext as _
from typing import Final, TypeAlias

from kinerja_cli.cli.values import one_line
from kinerja_cli.errors import N_, Place, Problem, Severity

Line: TypeAlias = tuple[tuple[str, str], ...]
"""One line to show: its parts, each with its style."""

SEVERITIES: Final = {
    Severity.ERROR: (N_("error"), "bold red"),
    Severity.WARNING: (N_("warning"), "bold yellow"),
    Severity.NOTE: (N_("note"), "bold cyan"),
}

_FEW: Final = 20
"""So many problems are shown one by one, if they fit."""
_ALIKE: Final = (3, 2, 1)
"""Of more, so many of a kind are shown, as many as fit."""
_LINES: Final = 56
"""The most lines that are shown, whatever the file; two more say how many there are and where to see them all."""
_RANGES, _SHEETS, _VALUES, _VALUE_WIDTH = 6, 3, 6, 30


def grouped(problems: Sequence[Problem]) -> tuple[list[Line], bool]:
    """Lines that show the problems, and whether each single one is among them."""
    kinds = _by_kind(problems)
    shapes = (_FEW, *_ALIKE) if len(problems) <= _FEW else _ALIKE
    for most in shapes:
        blocks = [_block(buckets, most) for buckets in kinds]
        if sum(map(len, blocks)) <= _LINES:
            return [line for block in blocks for line in block], most == _FEW
    return _shortened(blocks, kinds), False


def _by_kind(problems: Iterable[Problem]) -> list[list[list[Problem]]]:
    """Problems by severity and code, and of one code by value and person; the most frequent first."""
    ranks = {severity: rank for rank, severity in enumerate(SEVERITIES)}
    kinds: dict[tuple[int, str], dict[tuple[str | None, object], list[Problem]]] = {}
    for one in problems:
        kinds.setdefault((ranks[one.severity], one.code), {}).setdefault(
            (one.value, one.facts.get("whose")), []
        ).append(one)
    found = sorted(kinds.items(), key=lambda item: (item[0][0], -sum(map(len, item[1].values()))))
    return [sorted(buckets.values(), key=len, reverse=True) for _kind, buckets in found]


def _block(buckets: Sequence[list[Problem]], most: int) -> list[Line]:
    """The lines of one kind: the first sentences with their places, how to mend it, what else there is."""
    shown, left = buckets[:most], buckets[most:]
    lines: list[Line] = []
    for index, bucket in enumerate(shown):
        first = bucket[0]
        lines.append(_sentence(first))
        lines.extend(_plain(text) for text in (place_text(first.place),) if text)
        if len(bucket) > 1:
            more = _("{count} more alike: {places}") if place_text(first.place) else _("{count} more alike")
            lines.append(_dim(more.format(count=len(bucket) - 1, places=places_text(bucket[1:], but=first.place))))
        following = shown[index + 1][0] if index + 1 < len(shown) else None
        if following is None or following.fix != first.fix:
            lines.append(_dim(one_line(first.fix)))
    if left:
        count = sum(map(len, buckets))
        lines.append(_dim(_("{count} rows alike, {shown} shown").format(count=count, shown=len(shown))))
        lines.append(_dim(_rest(shown[0][0].place, left)))
    return lines


def _rest(first: Place, left: Sequence[list[Problem]]) -> str:
    """What else is wrong in one way: the other values where they repeat themselves, else where they stand."""
    rest = [one for bucket in left for one in bucket]
    if len(left) == len(rest):
        return _("the others: {places}").format(places=places_text(rest, but=first))
    named = [
        _("{value} ({count} times)").format(value=_cut(bucket[0].value or ""), count=len(bucket))
        for bucket in left[:_VALUES]
    ]
    text = _("also: {values}").format(values=", ".join(named))
    return text if len(left) <= _VALUES else _("{text} … and {count} more").format(text=text, count=len(left) - _VALUES)


def _shortened(blocks: Sequence[list[Line]], kinds: Sequence[Sequence[list[Problem]]]) -> list[Line]:
    """As many kinds as fit, and of the others one line each as long as there is room."""
    lines: list[Line] = []
    for index, (block, buckets) in enumerate(zip(blocks, kinds, strict=True)):
        room = _LINES - len(lines)
        after = len(kinds) - index - 1
        if len(block) + min(after, _LINES // 3) <= room:
            lines.extend(block)
        elif room > 1 or not after:
            first = buckets[0][0]
            count = sum(map(len, buckets))
            lines.append((*_head(first), (_(", rows: {count}").format(count=count), "")))
        else:
            lines.append(_dim(_("… and {count} more kinds").format(count=after + 1)))
            break
    return lines


def _head(one: Problem) -> Line:
    word, style = SEVERITIES[one.severity]
    return ((f"{_(word)}[{one.code}]", style),)


def _sentence(one: Problem) -> Line:
    return (*_head(one), (f": {one_line(one.message)}", ""))


def _plain(text: str) -> Line:
    return ((f"  {text}", ""),)


def _dim(text: str) -> Line:
    return ((f"  {text}", "dim"),)


def _cut(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _VALUE_WIDTH else f"{text[: _VALUE_WIDTH - 1]}…"


def place_text(place: Place) -> str:
    """Where something stands, as one says it: file, sheet, and the cell as the spreadsheet names it."""
    parts = _sheet_parts(place)
    if place.row is not None and place.column:
        parts.append(_("cell {cell}").format(cell=f"{place.column}{place.row}"))
    elif place.row is not None:
        parts.append(_("row {row}").format(row=place.row))
    elif place.column:
        parts.append(_("column {column}").format(column=place.column))
    return one_line(", ".join(parts))


def places_text(problems: Sequence[Problem], but: Place | None = None) -> str:
    """Where many things stand: the rows of each sheet as ranges; the sheet of `but` goes without saying."""
    sheets: dict[tuple[str | None, str | None], set[int]] = {}
    for one in problems:
        rows = sheets.setdefault((one.place.file, one.place.sheet), set())
        if one.place.row is not None:
            rows.add(one.place.row)
    texts = []
    for file, sheet in list(sheets)[:_SHEETS]:
        rows = sheets[file, sheet]
        known = but is not None and (file, sheet) == (but.file, but.sheet)
        parts = [] if known else _sheet_parts(Place(file, sheet))
        if rows:
            parts.append(
                _("rows {rows}").format(rows=row_ranges(rows))
                if len(rows) > 1
                else _("row {row}").format(row=min(rows))
            )
        texts.append(", ".join(parts) or place_text(Place(file, sheet)))
    if len(sheets) > _SHEETS:
        texts.append(_("and {count} more sheets").format(count=len(sheets) - _SHEETS))
    return one_line("; ".join(texts))


def row_ranges(rows: Iterable[int]) -> str:
    """Row numbers as ranges, the first few of them.

    >>> row_ranges([5, 6, 7, 9, 12, 11])
    '5-7, 9, 11-12'
    """
    ranges: list[list[int]] = []
    for row in sorted(set(rows)):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in ranges]
    if len(texts) > _RANGES:
        texts = [*texts[: _RANGES - 1], "…", texts[-1]]
    return ", ".join(texts)


def _sheet_parts(place: Place) -> list[str]:
    parts = [place.file] if place.file else []
    if place.sheet:
        parts.append(_('sheet "{name}"').format(name=place.sheet))
    return parts
