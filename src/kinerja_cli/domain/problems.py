"""Everything that can be wrong with a row of input: a code, its sentence, how to mend it and what it means.

The codes are promises to scripts; `kinerja explain CODE` prints the meaning. Sentences take `{value}` and the
facts named where the problem is found.
"""

from collections.abc import Mapping
from typing import Final

from kinerja_cli.domain.nip import NipFault
from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE


def whose(name: str) -> dict[str, str]:
    """The name beside a NIP that is none, as the sentences on NIPs take it."""
    return {"whose": f" ({name})" if name else ""}


NIP_MISSING: Final = ProblemKind(
    "nip-missing",
    _E,
    N_("The row has no NIP{whose}."),
    N_("Fill in the NIP, or delete the row if it is no person.{proposal}"),
    N_("A person is known by the NIP alone. A row without one is refused, whatever else it says."),
)
NIP_NUMERIC: Final = ProblemKind(
    "nip-numeric",
    _E,
    N_("The NIP {value}{whose} is a number, it must be text."),
    N_("Format the column as text and type the NIP again: a spreadsheet keeps only 15 digits of a number.{proposal}"),
    N_("Excel stores a number of 18 digits with its last three lost. Such a cell is never trusted."),
)
NIP_DAMAGED: Final = ProblemKind(
    "nip-damaged",
    _E,
    N_("The NIP {value}{whose} was damaged by Excel."),
    N_("Take the NIP from the original file and paste it into a column formatted as text.{proposal}"),
    N_("The digits were turned into a number such as 1.98501E+17 and cannot be brought back."),
)
NIP_LENGTH: Final = ProblemKind(
    "nip-length",
    _E,
    N_("The NIP {value}{whose} has {digits} digits, it must have 18."),
    N_("Compare it with the decree or SIASN and type all 18 digits.{proposal}"),
    N_("A NIP has 8 digits for the birth date, 6 for the appointment, 1 for the sex, 3 for the serial."),
)
NIP_NOT_DIGITS: Final = ProblemKind(
    "nip-not-digits",
    _E,
    N_("The NIP {value}{whose} holds something other than digits."),
    N_("Type the 18 digits; spaces, dots and a leading apostrophe do no harm.{proposal}"),
    N_("Only digits make a NIP. Letters such as O and l are often mistaken for 0 and 1."),
)
NIP_BIRTH_DATE: Final = ProblemKind(
    "nip-birth-date",
    _E,
    N_("The NIP {value}{whose} begins with a birth date that does not exist or lies in the future."),
    N_("Check the first eight digits (year, month, day)."),
    N_("Digits 1 to 8 are the birth date as YYYYMMDD."),
)
NIP_MONTH: Final = ProblemKind(
    "nip-month",
    _E,
    N_("The NIP {value}{whose} names no month of appointment and is no NI PPPK."),
    N_("Check digits 13 and 14: 01 to 12 for PNS, 21 for PPPK."),
    N_("Digits 13 and 14 are the month of appointment of a PNS; a NI PPPK has 21 there."),
)
NIP_SEX: Final = ProblemKind(
    "nip-sex-digit",
    _E,
    N_("The NIP {value}{whose} has a sex digit other than 1 or 2."),
    N_("Check digit 15: 1 for men, 2 for women."),
    N_("Digit 15 is 1 for men and 2 for women."),
)
NIP_SERIAL: Final = ProblemKind(
    "nip-serial",
    _E,
    N_("The NIP {value}{whose} ends in 000."),
    N_("Check the last three digits; 000 is what Excel leaves of a NIP typed as a number.{proposal}"),
    N_("Serial numbers run from 001 to 999."),
)
NIP_TOO_YOUNG: Final = ProblemKind(
    "nip-too-young",
    _E,
    N_("By the NIP {value}{whose} the person was appointed before the age of 15."),
    N_("Check the birth year (digits 1 to 4) and the year of appointment (digits 9 to 12)."),
    N_("Nobody is appointed before the age of 15: one of the two years is wrong."),
)
NIP_FUTURE: Final = ProblemKind(
    "nip-future",
    _E,
    N_("By the NIP {value}{whose} the person is appointed later than next year."),
    N_("Check the year of appointment (digits 9 to 12)."),
    N_("The year of appointment lies too far in the future."),
)
NIP_KINDS: Final[Mapping[NipFault, ProblemKind]] = {
    NipFault.MISSING: NIP_MISSING,
    NipFault.NUMERIC_CELL: NIP_NUMERIC,
    NipFault.DAMAGED: NIP_DAMAGED,
    NipFault.LENGTH: NIP_LENGTH,
    NipFault.NOT_DIGITS: NIP_NOT_DIGITS,
    NipFault.BIRTH_DATE: NIP_BIRTH_DATE,
    NipFault.MONTH: NIP_MONTH,
    NipFault.SEX_DIGIT: NIP_SEX,
    NipFault.SERIAL: NIP_SERIAL,
    NipFault.TOO_YOUNG: NIP_TOO_YOUNG,
    NipFault.FUTURE: NIP_FUTURE,
}
NIP_UNUSUAL: Final = ProblemKind(
    "nip-unusual-code",
    _W,
    N_("The NI PPPK {value} has an unusual code in digits 13 and 14."),
    N_("Compare it with the contract; the usual code is 21."),
    N_("A NI PPPK has 21 in digits 13 and 14. Other codes above 21 are taken, but worth a look."),
)
NIP_BIRTH_MISMATCH: Final = ProblemKind(
    "nip-birth-mismatch",
    _W,
    N_("The birth date of {name} is {value}, the NIP says {expected}."),
    N_("Check which is right; an error made when the NIP was issued stays in it for good."),
    N_("A NIP keeps mistakes made when it was issued, so the person is taken."),
)
NIP_SEX_MISMATCH: Final = ProblemKind(
    "nip-sex-mismatch",
    _W,
    N_("The sex of {name} is {value}, the NIP says {expected}."),
    N_("Check which is right; the column is what is kept."),
    N_("The column is kept, since a NIP keeps mistakes made when it was issued."),
)
FORMULA_WITHOUT_VALUE: Final = ProblemKind(
    "formula-without-value",
    _E,
    N_("The cell holds a formula that was never calculated ({value})."),
    N_("Open the file in Excel or LibreOffice, let it calculate and save it, or paste the cells as values."),
    N_(
        "A formula is read by the result kept beside it. A file made by another program may have none, and "
        "kinerja does not calculate. The row stays out, since the cell is not blank."
    ),
)
CELL_ERROR: Final = ProblemKind(
    "cell-error",
    _E,
    N_("The cell holds {value}, a spreadsheet error, instead of a value."),
    N_("Mend the formula of the cell, or type the value itself."),
    N_("#REF!, #N/A and the like say that a formula failed. Such a cell is not blank, so the row stays out."),
)
CELL_MERGED: Final = ProblemKind(
    "cell-merged",
    _E,
    N_("The cell is one of the merged cells {value}; a rating in merged cells belongs to the first of them alone."),
    N_("Undo the merging and fill in the rating of each person."),
    N_("Merged cells hold one value in the first of them. Whether it is meant for everybody is not guessed at."),
)
TEXT_TOO_LONG: Final = ProblemKind(
    "text-too-long",
    _E,
    N_("The cell holds {count} characters, at most {most} can be kept; it begins with {value}."),
    N_("Shorten the text. Often several cells were pasted into one, or a quotation mark is missing."),
    N_("A text is never cut to fit. Nobody's name or position is that long, so something else stands in the cell."),
)
NAME_MISSING: Final = ProblemKind(
    "name-missing",
    _E,
    N_("NIP {nip} has no name."),
    N_("Fill in the name."),
    N_("Every person needs a name; one word is enough."),
)
DATE_IMPOSSIBLE: Final = ProblemKind(
    "date-impossible",
    _E,
    N_("{value} is no date ({heading}, {name})."),
    N_("Write it as 31-12-2026, 31/12/2026, 31 Desember 2026 or 2026-12-31."),
    N_("The calendar has no such day, or the cell holds no date. Dates are read day first."),
)
DATE_FUTURE: Final = ProblemKind(
    "date-future",
    _E,
    N_("{value} lies in the future ({heading}, {name})."),
    N_("Correct the year, or import the person once the date has come."),
    N_("A rank or a position that starts more than a year from now is a slip of the keyboard."),
)
DATE_AMBIGUOUS: Final = ProblemKind(
    "date-ambiguous",
    _N,
    N_("Dates in this column that could be read two ways: {count}, the first {value}. Each was read day first."),
    N_("Nothing to do if the file writes the day first."),
    N_("03/04/2015 is 3 April 2015 here, always: the day comes first."),
)
DUPLICATE_SAME: Final = ProblemKind(
    "duplicate-row",
    _N,
    N_("{name} (NIP {nip}) stands in {count} rows alike: {places}."),
    N_("Nothing to do; the person was taken once."),
    N_("The same person with the same content in several rows counts once."),
)
DUPLICATE_CONFLICT: Final = ProblemKind(
    "duplicate-conflict",
    _E,
    N_("NIP {nip} stands here and in {other} with different content ({fields})."),
    N_("Delete the row that is wrong; until then neither is taken."),
    N_("Two rows claim to be one person and disagree. kinerja does not choose between them."),
)
SEX_UNKNOWN: Final = ProblemKind(
    "sex-unknown",
    _W,
    N_("The sex {value} is not known ({name}); what is known stays, of somebody new the NIP's is taken."),
    N_("Write L or P."),
    N_("Known spellings are L, P, Laki-laki, Perempuan, Pria, Wanita, M and F."),
)
EMPLOYMENT_UNKNOWN: Final = ProblemKind(
    "employment-unknown",
    _W,
    N_("The kind of employment {value} is not known ({name}); what is known stays, of somebody new {taken} is taken."),
    N_("Write PNS, CPNS, PPPK or PPPK Paruh Waktu."),
    N_("An unknown word changes nothing. Of somebody new the NIP decides: 21 in digits 13 and 14 makes a PPPK."),
)
STATUS_UNKNOWN: Final = ProblemKind(
    "status-unknown",
    _W,
    N_("The legal standing {value} is not known ({name}); what is known stays, somebody new is taken as active."),
    N_("Write Aktif, CLTN, Pensiun, Diberhentikan, Pindah Instansi, Tugas Belajar or the like."),
    N_("KEDUDUKAN HUKUM decides who is appraised. An unknown word neither keeps anybody out nor brings anybody back."),
)
RANK_UNKNOWN: Final = ProblemKind(
    "rank-unknown",
    _W,
    N_("The rank {value} is not known ({name}); what is known stays, somebody new is taken without a rank."),
    N_("Write I/a to IV/e for PNS, I to XVII for PPPK."),
    N_("Ranks are I/a to IV/e for PNS and I to XVII for PPPK, in any usual spelling."),
)
POSITION_TYPE_UNKNOWN: Final = ProblemKind(
    "position-type-unknown",
    _W,
    N_("The kind of position {value} is not known ({name}); what is known stays, somebody new is taken without one."),
    N_("Write Struktural, Fungsional or Pelaksana, or JPT Pratama, Administrator, Pengawas."),
    N_("Summaries by kind of position count such people under 'not given'."),
)
UNIT_MISSING: Final = ProblemKind(
    "unit-missing",
    _W,
    N_("The row of {name} names no unit; a unit that is known already was kept."),
    N_("Fill in the unit, or use `kinerja staff set NIP --unit CODE`."),
    N_("A blank cell takes no known unit away. Without a unit no assessor can be derived."),
)
UNIT_AMBIGUOUS: Final = ProblemKind(
    "unit-ambiguous",
    _W,
    N_("There are several units named {value}; {outcome}."),
    N_("Give the unit's ID or its parent unit as well."),
    N_("Units of the same name under different parents are different units."),
)
UNIT_PARENT_UNKNOWN: Final = ProblemKind(
    "unit-parent-unknown",
    _W,
    N_("The parent {value} of the unit {unit} is not known; the unit stands at the top."),
    N_("Import the list of units (ID, NAMA_UNOR, ID_ATASAN), or use `kinerja unit set CODE --parent CODE`."),
    N_("A unit's parent is named by an ID that no row explains."),
)
UNIT_PARENT_AMBIGUOUS: Final = ProblemKind(
    "unit-parent-ambiguous",
    _W,
    N_("There are several units named {value}; the place of {unit} is not known and people are taken without it."),
    N_("Give the units' IDs, or the names of all levels from the top down."),
    N_("The parent of a unit is given by a name that several units bear."),
)
UNIT_CODE_NUMERIC: Final = ProblemKind(
    "unit-code-numeric",
    _W,
    N_("The unit ID {value} is a number too long to be kept exactly; the unit was taken by its name."),
    N_("Format the column as text and fill in the IDs again."),
    N_("A spreadsheet keeps only 15 digits of a number. Two IDs that differ in the last digits would become one."),
)
STILL_AWAY: Final = ProblemKind(
    "still-away",
    _W,
    N_("{name} stands in the file but is kept as {status}: the row does not say that they are back."),
    N_("If the person is back, use `kinerja staff set NIP --status active`."),
    N_("A row without KEDUDUKAN HUKUM, or with a word for it that is not known, brings nobody back into service."),
)
UNIT_PARENT_LOOP: Final = ProblemKind(
    "unit-parent-loop",
    _W,
    N_("The unit {unit} stands below itself; its link to {value} was left out."),
    N_("Correct the parent in the list of units."),
    N_("Following the parents upwards led back to the unit itself."),
)
UNIT_NAMES_DIFFER: Final = ProblemKind(
    "unit-names-differ",
    _W,
    N_("The unit {unit} is named {value} here and {other} before; the first name was kept."),
    N_("Make the names of one unit alike."),
    N_("One unit ID goes with several names in the same import."),
)
UNIT_LIKE_ANOTHER: Final = ProblemKind(
    "unit-like-another",
    _W,
    N_("{value} is a new unit; did you mean {other}?"),
    N_("If so, correct the name and import again."),
    N_("A new unit's name is nearly that of a known one: perhaps a slip of the keyboard."),
)
ASSESSOR_UNKNOWN: Final = ProblemKind(
    "assessor-unknown",
    _W,
    N_("The assessor {value} of {name} is not known; {outcome}."),
    N_("Correct the NIP of the assessor, or import the assessor as well."),
    N_("The assessor is neither in the file nor in the store."),
)
ASSESSOR_DAMAGED: Final = ProblemKind(
    "assessor-damaged",
    _W,
    N_("The assessor {value} of {name} is no NIP; {outcome}."),
    N_("Format the column as text and type the assessor's NIP again."),
    N_("The assessor's NIP is malformed or was damaged by Excel."),
)
ASSESSOR_SELF: Final = ProblemKind(
    "assessor-self",
    _W,
    N_("{name} is named as their own assessor; {outcome}."),
    N_("Name the direct superior."),
    N_("Nobody appraises themself (PermenPANRB 6/2022 Pasal 1)."),
)
ASSESSOR_INACTIVE: Final = ProblemKind(
    "assessor-inactive",
    _W,
    N_("The assessor of {name}, {assessor}, is not in service ({status}); {outcome}."),
    N_("Name the official who holds the post now."),
    N_("An assessor who is retired, dismissed, on CLTN or gone cannot appraise."),
)
ASSESSOR_LOOP: Final = ProblemKind(
    "assessor-loop",
    _W,
    N_("{name} is part of a loop of assessors ({chain}); the link was left empty."),
    N_("Correct who appraises whom."),
    N_("Following the assessors upwards led back to the person."),
)
ASSESSOR_AMBIGUOUS: Final = ProblemKind(
    "assessor-ambiguous",
    _W,
    N_("{count} people are named {value}, the assessor of {name}; {outcome}."),
    N_("Give the assessor's NIP."),
    N_("A name does not tell one person from another; a NIP does."),
)
HEAD_AMBIGUOUS: Final = ProblemKind(
    "head-ambiguous",
    _W,
    N_("The unit {unit} has several possible heads ({names}); none was taken."),
    N_("Say who it is with `kinerja unit set {value} --head NIP`."),
    N_("Two people in one unit hold posts of the same height."),
)
NO_PARENTS: Final = ProblemKind(
    "units-without-parents",
    _N,
    N_("The file says nothing about which unit is below which; all its new units stand side by side."),
    N_("Import the list of units (ID, NAMA_UNOR, ID_ATASAN) as well, or use `kinerja unit set`."),
    N_("Without parents an assessor can only be found within a person's own unit."),
)
ROWS_ABOUT_NOBODY: Final = ProblemKind(
    "rows-about-nobody",
    _N,
    N_("Rows about nobody, left out: {count} (row {rows}). They say: {texts}"),
    N_("Nothing to do if these are totals, remarks or signatures; else fill in NIP and name."),
    N_("Totals, remarks and signatures around a table are no people. They are named so that none is lost unseen."),
)
NOT_ABSENT: Final = ProblemKind(
    "not-absent",
    _N,
    N_("{name} (NIP {nip}) stands only in a row that was left out, and is not taken for absent: {value}"),
    N_(
        "If the row is the person's, fill in NIP and name there. If the person has left, use "
        "`kinerja staff set NIP --status retired`."
    ),
    N_("Nobody becomes a leaver who is written anywhere in the files, in a total, a remark or a signature too."),
)
TEXT_CLEANED: Final = ProblemKind(
    "text-cleaned",
    _N,
    N_("Cells in this column that were cleaned: {count}, the first {value} (row {row})."),
    N_("Nothing to do: doubled spaces, invisible characters and names all in small letters were set right."),
    N_("Spaces at the ends, doubled spaces and characters that cannot be printed say nothing and would hide matches."),
)
SPANS_OVERLAP: Final = ProblemKind(
    "spans-overlap",
    _E,
    N_("{name} (NIP {nip}) stands in rows whose days overlap or have no beginning: {places}."),
    N_("Give each row the days from and until which the person was in that unit, one after the other."),
    N_("A person who moved may stand in several rows if each has its own days; where these overlap none is taken."),
)
