"""Keep the agency's own list of holidays, over those that everybody has."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING

from kinerja_cli.actions.calendars import holiday_of
from kinerja_cli.actions.naming import name_files
from kinerja_cli.actions.sheets_read import FileRead, file_read, readings, told_notes
from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.holidays import read_holidays
from kinerja_cli.domain.rows import Row
from kinerja_cli.errors import Exit, KinerjaError, Problem, Severity
from kinerja_cli.public_holidays import public_holidays
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.holidays import AgencyDay, load_agency_days, remove_agency_day, save_agency_days
from kinerja_cli.storage.store.settings import load_settings

if TYPE_CHECKING:
    from kinerja_cli.workbooks.read import IgnoredSheet, SheetReading
    from kinerja_cli.workbooks.watched import RefusedFile


class NoDays(KinerjaError):
    """The file holds headings but no day below them."""

    code = "no-rows"
    exit = Exit.REJECTED

    def __init__(self, files: str) -> None:
        super().__init__(
            _("There are 0 rows of days in {files}.").format(files=files),
            _("Check that this is the right file and that the days stand below the headings."),
        )


class DayNotListed(KinerjaError):
    """The agency's list says nothing of this day."""

    code = "holiday-unknown"
    exit = Exit.NOT_FOUND

    def __init__(self, day: date) -> None:
        super().__init__(
            _("The agency's list of holidays says nothing of {day}.").format(day=day.isoformat()),
            _(
                "See it with `kinerja settings holidays list {year}`. A public holiday is not removed but imported "
                "as Kerja."
            ).format(year=day.year),
        )


@dataclass(frozen=True, slots=True)
class HolidayImport:
    """What an import of holidays came to; the counts are of days, but for `rows` and `rejected`."""

    operation: int | None
    dry_run: bool
    files: tuple[FileRead, ...]
    skipped: "tuple[IgnoredSheet, ...]"
    rows: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    accepted: bool
    problems: tuple[Problem, ...]

    @property
    def taken(self) -> int:
        """The days that were good, saved now or known before."""
        return self.added + self.changed + self.unchanged

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts. Where nothing was taken, nothing is counted as added or changed."""
        return {
            "operation": self.operation,
            "dry_run": self.dry_run,
            "files": [one.as_dict() for one in self.files],
            "rows": self.rows,
            "added": self.added if self.accepted else 0,
            "changed": self.changed if self.accepted else 0,
            "unchanged": self.unchanged if self.accepted else 0,
            "rejected": self.rejected,
            "problems": [problem.as_dict() for problem in self.problems],
        }


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day with what it is and who says so: the `library` of public holidays, or the `agency` itself.

    `off` tells whether people are off because of it; `instead_of` is what the library calls it where the agency
    says otherwise.
    """

    date: str
    kind: str
    name: str
    source: str
    off: bool
    instead_of: str | None


@dataclass(slots=True)
class _Sheets:
    """The sheets as they were read, with their rows."""

    files: list[FileRead] = field(default_factory=list)
    skipped: "list[IgnoredSheet]" = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def import_holidays(
    store: Store,
    sheets: "Iterable[SheetReading | IgnoredSheet | RefusedFile]",
    *,
    accept_valid: bool = False,
    dry_run: bool = False,
) -> HolidayImport:
    """Take in lists of holidays as one operation: whole, or with `accept_valid` the rows without an error.

    Days of which the lists say nothing stay as they are. Raises NoDays where there is no row at all.
    """
    loaded = _load(sheets)
    foreign = [one.file for one in loaded.files if not one.template]
    if not loaded.rows and foreign:
        raise NoDays(", ".join(dict.fromkeys(foreign)))
    read = read_holidays(loaded.rows)
    days = [AgencyDay(one.day.isoformat(), one.kind, one.name) for one in read.days]
    accepted = accept_valid or not any(one.severity is Severity.ERROR for one in read.problems)
    with store.writing("holidays.import", dry_run=dry_run) as operation:
        added = changed = 0
        if accepted:
            added, changed = save_agency_days(operation, days)
        operation.facts.update(
            {"files": name_files(one.file for one in loaded.files), "added": added, "changed": changed}
        )
    return HolidayImport(
        operation=operation.seq,
        dry_run=dry_run,
        files=tuple(loaded.files),
        skipped=tuple(loaded.skipped),
        rows=read.rows,
        added=added,
        changed=changed,
        unchanged=len(days) - added - changed,
        rejected=read.rejected,
        accepted=accepted,
        problems=(*read.problems, *loaded.notes),
    )


def list_holidays(store: Store, year: int) -> list[DayShown]:
    """The days of a year that are no ordinary ones, the agency's list over the public holidays."""
    with store.reading() as connection:
        agency = read_agency(load_settings(connection))
        own = load_agency_days(connection)
    public = public_holidays(year)
    named = holiday_of(own, shared_leave=agency.shared_leave)
    shown = []
    for day in sorted({*public, *(day for day in own if day.year == year)}):
        said = own.get(day)
        kind, name = (said.kind, said.name) if said is not None else public[day]
        shown.append(
            DayShown(
                date=day.isoformat(),
                kind=kind,
                name=name,
                source="library" if said is None else "agency",
                off=named(day) is not None,
                instead_of=public[day][1] if said is not None and day in public else None,
            )
        )
    return shown


def remove_holiday(store: Store, day: date, *, dry_run: bool = False) -> int | None:
    """Forget what the agency's list says of a day; from then on the library speaks again."""
    with store.writing("holidays.remove", dry_run=dry_run) as operation:
        said = load_agency_days(operation.connection).get(day)
        if said is None:
            raise DayNotListed(day)
        remove_agency_day(operation, said)
        operation.facts.update({"day": said.day, "name": said.name})
    return operation.seq


def _load(sheets: "Iterable[SheetReading | IgnoredSheet | RefusedFile]") -> _Sheets:
    """Read every sheet once."""
    loaded = _Sheets()
    for sheet in readings(sheets, loaded.skipped, loaded.notes):
        rows = list(sheet.rows)
        loaded.rows.extend(rows)
        loaded.notes.extend(told_notes(sheet))
        loaded.files.append(file_read(sheet, len(rows)))
    return loaded
