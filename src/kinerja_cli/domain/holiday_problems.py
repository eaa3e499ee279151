"""Everything that can be wrong with a row of a list of holidays: a code, its sentence, its remedy, its meaning."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W = Severity.ERROR, Severity.WARNING

DATE_MISSING: Final = ProblemKind(
    "holiday-date-missing",
    _E,
    N_("The row does not say which day it is."),
    N_("Fill in the date, day first, or take the row out."),
    N_("A row of a list of holidays is about one day, or about days of one month."),
)
DATE_INVALID: Final = ProblemKind(
    "holiday-date-invalid",
    _E,
    N_("{value} is no day of the years 2000 to 2099."),
    N_(
        "Write it as 17-08-2026, 17 Agustus 2026 or 2026-08-17; days of one month also as 21-22 Maret 2026. "
        "Days of two months stand in two rows."
    ),
    N_("The calendar has no such day, or the cell holds no date. Dates are read day first."),
)
YEAR_SHORT: Final = ProblemKind(
    "holiday-year-short",
    _E,
    N_("{value} has its year in two digits."),
    N_("Write day, month and the whole year: {written}, if that is meant."),
    N_("Of three pairs of digits each could be the year, so such a date is not guessed."),
)
WEEKDAY_DIFFERS: Final = ProblemKind(
    "holiday-weekday-differs",
    _W,
    N_("{value} is not a {named} but a {weekday}."),
    N_("Check the date against the decree; it was taken as written."),
    N_("Where a list names the day of the week too, it must be that of the date. One of both is a slip."),
)
NAME_MISSING: Final = ProblemKind(
    "holiday-name-missing",
    _E,
    N_("{value} has no name."),
    N_("Fill in which holiday it is, or why the agency works."),
    N_("Where a deadline moves because of a day off, the name of that day is shown."),
)
KIND_MISSING: Final = ProblemKind(
    "holiday-kind-missing",
    _E,
    N_("{value} has no kind."),
    N_("Write Libur, Cuti Bersama or Kerja."),
    N_("Shared leave may count otherwise than a holiday, so the kind of a day is never guessed."),
)
KIND_UNKNOWN: Final = ProblemKind(
    "holiday-kind-unknown",
    _E,
    N_("{value} is no kind of day{suggestion}."),
    N_("Write Libur, Cuti Bersama or Kerja."),
    N_("A day is a holiday, shared leave, or a day on which the agency works although others do not."),
)
CONFLICT: Final = ProblemKind(
    "holiday-conflict",
    _E,
    N_("{value} stands here as {kind}, and in {other} as {otherwise}."),
    N_("Leave the row that is right; neither is taken. Of two files import the one that has the last word later."),
    N_("One day is either off, shared leave or a working day."),
)
CELL_UNREADABLE: Final = ProblemKind(
    "holiday-cell-unreadable",
    _E,
    N_("The cell shows {value}, which says nothing of the day."),
    N_("Open the file, let it calculate, and save it; or type the value in."),
    N_("A formula that was never calculated, or an error such as #REF!, says nothing that could be taken."),
)
