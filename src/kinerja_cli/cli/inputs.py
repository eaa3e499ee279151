"""What users give on the command line, turned into what actions take: folders into files, text into days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja_cli.domain.dates import read_date
from kinerja_cli.errors import KinerjaError, UsageError

if TYPE_CHECKING:
    from kinerja_cli.storage.store import Store
    from kinerja_cli.workbooks.layouts import Purpose
    from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading
    from kinerja_cli.workbooks.watched import RefusedFile, SheetSeen

CALENDAR_YEARS = range(2000, 2100)
"""The years that periods can be opened for by the calendar; anything else is a slip of the keyboard."""

_KNOWN_YEARS = range(1900, 2200)
"""The years of days that anything about people in service can be dated to; at the edges of Python's own calendar no
day can be counted on or back, nor told in another zone."""

SPREADSHEETS = (".xlsx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".html", ".htm")


def spreadsheets(paths: Sequence[Path]) -> list[Path]:
    """The files named, and those inside the folders named at any depth, each once and in order of their names."""
    files: list[Path] = []
    for path in paths:
        if not _is_folder(path):
            files.append(path)
            continue
        inside = sorted(
            one
            for one in path.rglob("*")
            if one.suffix.lower() in SPREADSHEETS
            and one.is_file()
            and not any(part.startswith(("~$", ".")) for part in one.relative_to(path).parts)
        )
        if not inside:
            raise UsageError(
                _("The folder {folder} holds no spreadsheet.").format(folder=path),
                _("Looked for: {endings}.").format(endings=" ".join(SPREADSHEETS)),
            )
        files.extend(inside)
    return list(dict.fromkeys(files))


def _is_folder(path: Path) -> bool:
    """Whether a path is a folder; of what cannot be looked at, the reading of the file will tell."""
    try:
        return path.is_dir()
    except OSError:
        return False


def read_all(
    files: Sequence[Path],
    purpose: "Purpose",
    *,
    sheet: str | None,
    headings: "Headings | None" = None,
    units: "Mapping[str, int] | None" = None,
    seen: "list[SheetSeen] | None" = None,
    accept_valid: bool = False,
) -> Iterator["SheetReading | IgnoredSheet | RefusedFile"]:
    """The sheets of all files, one after the other; what is read of them is noted in `seen`, where it is given.

    `units` are the names of the units that the store knows, and how deep they stand.
    With `accept_valid` a file that is refused keeps none of the others out: it is handed on as such, whole. Where
    all are refused, or a file that was named is not there, that is raised.
    """
    from kinerja_cli.workbooks.read import NOTHING_SAVED, read_sheets
    from kinerja_cli.workbooks.refusals import of_one_file
    from kinerja_cli.workbooks.watched import RefusedFile, held, known_as, watch

    mapping = headings.mapping if headings else {}
    saved = headings.saved if headings else NOTHING_SAVED
    refused: list[KinerjaError] = []
    for file, name in known_as(files).items():
        sheets = read_sheets(file, purpose, sheet=sheet, mapping=mapping, saved=saved, units=units or {})
        try:
            # A file may turn out to be broken behind its first rows, so all of it is read before any is handed on.
            found = list(map(held, sheets)) if accept_valid and len(files) > 1 else sheets
        except KinerjaError as error:
            if not of_one_file(error):
                raise
            refused.append(error)
            if len(refused) == len(files):
                raise refused[0] from None
            yield RefusedFile(name, error)
            continue
        for one in found:
            yield watch(file, name, one, seen)


@dataclass(frozen=True, slots=True)
class Headings:
    """What the user says of headings: the mapping to use, those kept earlier, and the name to keep this one under."""

    mapping: dict[str, str]
    saved: dict[str, dict[str, str]]
    name: str | None

    @property
    def to_save(self) -> tuple[str, dict[str, str]] | None:
        """The mapping to keep, with its name."""
        return None if self.name is None else (self.name, self.mapping)


def read_headings(store: "Store", pairs: Sequence[str] | None, save_as: str | None = None) -> Headings:
    """`FIELD=HEADING` pairs and names of saved mappings as one mapping. Raises UsageError and MappingNotSaved."""
    from kinerja_cli.actions.headings import MappingNotSaved, check_mapping_name, saved_mappings

    saved = saved_mappings(store)
    mapping: dict[str, str] = {}
    written: set[str] = set()
    for pair in pairs or ():
        name, equals, heading = pair.partition("=")
        if not equals and name.strip():
            kept = name.strip().lower()
            if kept not in saved:
                raise MappingNotSaved(kept, sorted(saved))
            mapping |= saved[kept]
        elif name.strip() in written:
            raise UsageError(
                _("--map names the field {field} twice.").format(field=name.strip()),
                _("One column holds a field; name it once."),
            )
        elif name.strip() and heading.strip():
            written.add(name.strip())
            mapping[name.strip()] = heading.strip()
        else:
            raise UsageError(
                _("--map {pair} is not of the form FIELD=HEADING.").format(pair=pair),
                _('For example --map unit="Satuan Kerja".'),
            )
    _refuse_shared_headings(mapping)
    if save_as is not None and not mapping:
        raise UsageError(
            _("--save-map has nothing to keep."), _('Give --map FIELD=HEADING with it, such as unit="Satuan Kerja".')
        )
    return Headings(mapping, saved, None if save_as is None else check_mapping_name(save_as))


def _refuse_shared_headings(mapping: Mapping[str, str]) -> None:
    """Refuse to take two fields from one heading."""
    from kinerja_cli.workbooks.headings import normalise

    fields: dict[str, str] = {}
    for field, heading in mapping.items():
        other = fields.setdefault(normalise(heading), field)
        if other != field:
            raise UsageError(
                _("--map takes both {field} and {other} from the heading {heading}.").format(
                    field=other, other=field, heading=heading
                ),
                _("A column holds one field: leave one of the two away, or name another heading for it."),
            )


def check_workbook(path: Path, example: str) -> None:
    """Refuse a name under which no template can be written."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(
            _("A template is a workbook: {file} must end in .xlsx.").format(file=path),
            _("For example -o {example}.").format(example=example),
        )


def read_day(text: str, option: str) -> date:
    """A day as users write it, day first, that can be counted on and back from. Raises UsageError."""
    day = read_date(text).day
    if day is None:
        raise UsageError(
            _("{value} is no date ({option}).").format(value=text, option=option),
            _("Write it as 2026-12-31, 31-12-2026 or 31 Desember 2026."),
        )
    return _within(day, _KNOWN_YEARS, text, option)


def read_calendar_day(text: str, option: str) -> date:
    """A day that the calendar of an agency can be turned to. Raises UsageError."""
    return _within(read_day(text, option), CALENDAR_YEARS, text, option)


def _within(day: date, years: range, text: str, option: str) -> date:
    """The day, where it lies in these years. Raises UsageError."""
    if day.year not in years:
        raise UsageError(
            _("{value} lies outside of what the calendar covers ({option}).").format(value=text, option=option),
            _("Give a day of the years {first} to {last}.").format(first=years[0], last=years[-1]),
        )
    return day
