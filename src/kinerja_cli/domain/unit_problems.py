"""What can be odd about the units that a list names outside of its columns, or names in another way than by name."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_W, _N = Severity.WARNING, Severity.NOTE

SECTION_UNKNOWN: Final = ProblemKind(
    "section-unknown",
    _W,
    N_("{value} stands here like the name of a unit but is not known as one; people below (rows {rows}) got no unit."),
    N_("If it is a unit, write UNIT KERJA : before its name; if not, delete the row. Then import again."),
    N_(
        "Rows between people name their unit by a word such as DINAS, by a label, or because the store knows the "
        "unit. Whether any other row names one is not guessed at, so nobody is put into the unit before it."
    ),
)
PEOPLE_ABOVE_SECTIONS: Final = ProblemKind(
    "people-above-sections",
    _W,
    N_("{count} people (rows {rows}) stand above the first row that names a unit; they got no unit."),
    N_("Write a row with UNIT KERJA : and the name of their unit above them, and import again."),
    N_("In a list parted by the names of units, people above the first of these belong to none of them."),
)
TAB_NO_UNIT: Final = ProblemKind(
    "tab-no-unit",
    _W,
    N_("The sheet is called {value}, which is not known to be a unit; its {count} people got no unit."),
    N_("If it is one, write UNIT KERJA : and its name in a row above the headings, and import again."),
    N_(
        "A sheet is called after a unit where a word such as DINAS says so, where the store knows the unit, or where "
        "every sheet of the file may be called after one. Sheets called Pensiun or Guru are not."
    ),
)
LETTERHEAD_NO_UNIT: Final = ProblemKind(
    "letterhead-no-unit",
    _N,
    N_("{value} stands in a letterhead and was taken for the sender of the list; {count} people got no unit from it."),
    N_("If they work there, write UNIT KERJA : {value} in a row above the headings, and import again."),
    N_("A letterhead names the office that has sent a list, often of people from many offices."),
)
UNIT_AS_ABOVE: Final = ProblemKind(
    "unit-as-above",
    _N,
    N_("{count} cells of this column say that the unit is the one above, the first is {value} (row {row})."),
    N_("Nothing to do if that is meant."),
    N_('Marks such as ", sda or idem repeat the cell above them.'),
)
UNIT_ZERO: Final = ProblemKind(
    "unit-zero",
    _W,
    N_("{count} cells of this column hold 0, the first in row {row}; the unit above was taken."),
    N_("Write the units out if another is meant: a formula gives 0 where the cell it looks at is blank."),
    N_("0 is no name of a unit. It is read like the marks that repeat the cell above."),
)
