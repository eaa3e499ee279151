"""What every refusal means: one entry a code, for `kinerja explain CODE`.

Codes are promises to scripts. What is wrong with rows of input stands in `domain/problem_codes.py`; a code that means
the same in both places has only its exit code here.
"""

from collections.abc import Mapping
from typing import Final

from kinerja_cli.actions.meaning import Refusal
from kinerja_cli.actions.meanings_of_backups import BACKUPS
from kinerja_cli.actions.meanings_of_evaluation import EVALUATION
from kinerja_cli.actions.meanings_of_undo import UNDO
from kinerja_cli.errors import N_, Exit

_USAGE, _REJECTED, _NOT_FOUND, _REFUSED, _STORE = (
    Exit.USAGE,
    Exit.REJECTED,
    Exit.NOT_FOUND,
    Exit.REFUSED,
    Exit.STORE,
)

MEANINGS: Final[Mapping[str, Refusal]] = {
    "fault": Refusal(
        Exit.FAULT,
        N_("An unexpected fault."),
        N_("This is an error of the program, not of yours. The store is as before; please report the incident file."),
    ),
    "demo-stopped": Refusal(
        Exit.FAULT,
        N_("A command of the demonstration ended otherwise than it should."),
        N_("This is an error of the program; your own store was not touched."),
    ),
    "usage": Refusal(
        _USAGE,
        N_("The words of the command are off."),
        N_("An option is missing, unknown or has a value it cannot have. `kinerja COMMAND --help` shows them."),
    ),
    "nip-malformed": Refusal(
        _USAGE,
        N_("What was typed as a NIP is not one."),
        N_("A NIP has 18 digits. Spaces, dots and a leading apostrophe do no harm."),
    ),
    "period-malformed": Refusal(
        _USAGE,
        N_("A text names no period."),
        N_("Write a year (2026), a quarter (2026-Q1, Triwulan I 2026) or a month (2026-06, Juni 2026)."),
    ),
    "period-missing": Refusal(
        _USAGE,
        N_("Neither the command nor any sheet says which period the ratings are of."),
        N_("The period is read from the title rows of the sheets. Where none stands there, say it with --period."),
    ),
    "setting-invalid": Refusal(
        _USAGE,
        N_("The value does not fit the setting."),
        N_("`kinerja settings list` shows what each setting means."),
    ),
    "mapping-unknown": Refusal(
        _USAGE,
        N_("--map names a field that does not exist."),
        N_("The left side of --map FIELD=HEADING is a field of kinerja, such as nip, name or unit."),
    ),
    "file-refused": Refusal(
        _REJECTED,
        N_("A file cannot be read."),
        N_("Each reason has a code of its own that begins with file-."),
    ),
    "file-unreadable": Refusal(
        _REJECTED,
        N_("The file is there but cannot be opened."),
        N_("It is a folder, another program holds it, or you may not read it."),
    ),
    "file-empty": Refusal(
        _REJECTED,
        N_("The file holds nothing at all."),
        N_("A download or a copy broke off; fetch the file again."),
    ),
    "file-kind": Refusal(
        _REJECTED,
        N_("The content of the file is no spreadsheet, whatever its name says."),
        N_(
            "Read are .xlsx, .xlsb, .xls, .ods, .csv and tables of web pages. Files are judged by what is in them, "
            "not by their ending."
        ),
    ),
    "file-encrypted": Refusal(
        _REJECTED,
        N_("The file asks for a password."),
        N_("Open it with the password, remove the protection and save it again."),
    ),
    "file-macro": Refusal(
        _REJECTED,
        N_("The workbook carries macros."),
        N_("Files with macros are never read. Save it as .xlsx, which leaves the macros out."),
    ),
    "file-damaged": Refusal(
        _REJECTED,
        N_("The file claims to be a spreadsheet but its inside is broken."),
        N_("Open it in Excel or LibreOffice and save it under a new name, or fetch it again."),
    ),
    "file-too-large": Refusal(
        _REJECTED,
        N_("The file goes beyond a limit that protects this machine."),
        N_("Often one far cell makes a sheet huge: Ctrl+End shows the last used cell. Else split the file."),
    ),
    "heading-changed": Refusal(
        _REJECTED,
        N_("Headings further down a sheet put its columns in another order."),
        N_(
            "Several tables may stand under each other if their columns are in one order. Under other headings every "
            "cell would be misread, so the file is refused. Give each table a sheet of its own."
        ),
    ),
    "columns-repeated": Refusal(
        _REJECTED,
        N_("A sheet has the columns for name and NIP twice."),
        N_(
            "Two lists side by side are both read where an empty column or a column of running numbers parts them. "
            "Where nothing does, the second may be the superiors; so that nobody is lost, the file is refused."
        ),
    ),
    "heading-missing": Refusal(
        _REJECTED,
        N_("No sheet has a row of headings that tells what its columns are."),
        N_("Headings must stand in one row among the first 30. --map FIELD=HEADING names one that is not known."),
    ),
    "mapping-not-saved": Refusal(
        _NOT_FOUND,
        N_("No mapping of headings is kept under that name."),
        N_("`kinerja settings list` shows those that are; --save-map NAME keeps one beside --map FIELD=HEADING."),
    ),
    "purpose-other": Refusal(
        _REJECTED,
        N_("A workbook of ours is given to an import that it is not for."),
        N_("Rosters, ratings and feedback each have a workbook and an import of their own."),
    ),
    "mapping-missing": Refusal(
        _REJECTED,
        N_("--map names a heading that is not in the file."),
        N_("The right side of --map FIELD=HEADING is a heading as it stands in the sheet."),
    ),
    "no-rows": Refusal(
        _REJECTED,
        N_("The files hold headings but nobody below them."),
        N_("Usually it is the wrong file or an unfilled template."),
    ),
    "rows-rejected": Refusal(
        _REJECTED,
        N_("The files hold rows that cannot be taken, so nothing was saved."),
        N_("An import is all or nothing. --accept-valid takes the good rows and ends with exit code 7."),
    ),
    "periods-differ": Refusal(
        _REJECTED,
        N_("The sheets given at once are of several periods."),
        N_("One import of ratings is of one period. Import each period by itself."),
    ),
    "anchor-unreadable": Refusal(
        _REJECTED,
        N_("A file that should hold anchors holds none."),
        N_("Anchors stand in files of `kinerja audit head`, in closing records and in manifests of backups."),
    ),
    "rating-unknown": Refusal(_REJECTED),
    "organisation-unknown": Refusal(_REJECTED),
    "organisation-stands": Refusal(_REFUSED),
    "folder-unusable": Refusal(
        _USAGE,
        N_("What should be a folder is a file."),
        N_("Sheets are written into a folder, one file a unit. It is made where there is none."),
    ),
    "sheets-filled-in": Refusal(
        _REFUSED,
        N_("Workbooks that would be overwritten hold entries that are nowhere else."),
        N_(
            "Writing sheets replaces those of the same name, but never one whose import would still change something,"
            " nor a file that cannot be read. Import it, or write to another folder."
        ),
    ),
    "score-out-of-range": Refusal(
        _REJECTED,
        N_("A score lies outside the scale of the regulation."),
        N_("Scores of the numeric regulation run from 0 to 120. A score is never cut to fit."),
    ),
    "number-invalid": Refusal(
        _REJECTED,
        N_("A text is no number."),
        N_("Write it like 87, 87,5 or 87.5, with at most two decimals."),
    ),
    "number-ambiguous": Refusal(
        _REJECTED,
        N_("A number may be read as thousands or as decimals."),
        N_("1.250 is one and a quarter to some and over a thousand to others, so it is refused."),
    ),
    "regulation-invalid": Refusal(
        _REJECTED,
        N_("A regulation file breaks the form of a regulation."),
        N_("The message names the key. The files that come with kinerja show the form."),
    ),
    "nip-unknown": Refusal(_NOT_FOUND),
    "arrangement-ambiguous": Refusal(
        Exit.USAGE,
        N_("An assessor has several delegations on the day, and which of them ends was not said."),
        N_("`kinerja staff delegate NIP` lists them; --for says whose, --for '*' the one that is for all."),
    ),
    "delegate-leads-nothing": Refusal(
        Exit.REFUSED,
        N_("The rating of others cannot be handed to a functional official who leads no unit."),
        N_("PermenPANRB 6/2022 Lampiran IV.A.7; which posts can be assessors stands in the file of personnel rules."),
    ),
    "arrangement-missing": Refusal(
        _NOT_FOUND,
        N_("There is nothing of this kind that could be ended."),
        N_("`unit acting`, `staff delegate` and `staff exclude` without options list what there is."),
    ),
    "unit-unknown": Refusal(
        _NOT_FOUND,
        N_("There is no unit with this code."),
        N_("Units are named by their code, since names repeat. `kinerja unit tree` shows the codes."),
    ),
    "period-unknown": Refusal(
        _NOT_FOUND,
        N_("The period has not been opened."),
        N_("`kinerja period open CODE` opens it and freezes who takes part; `kinerja period list` shows all."),
    ),
    "regulation-unknown": Refusal(
        _NOT_FOUND,
        N_("No regulation has this id."),
        N_("The settings name a regulation by its id, or by the path of a regulation file."),
    ),
    "distribution-unknown": Refusal(
        _NOT_FOUND,
        N_("No file of patterns has this id."),
        N_("The setting `distribution` names one by its id, or by the path of a file made like the shipped one."),
    ),
    "setting-unknown": Refusal(
        _NOT_FOUND,
        N_("There is no such setting."),
        N_("`kinerja settings list` shows all of them."),
    ),
    "holiday-unknown": Refusal(
        _NOT_FOUND,
        N_("The agency's list of holidays says nothing of the day."),
        N_("Only days that the agency imported can be removed. To work on a public holiday, import it as Kerja."),
    ),
    "sheet-missing": Refusal(
        _NOT_FOUND,
        N_("The sheet asked for is not in the workbook."),
        N_("The message names the sheets there are; quote names that contain spaces."),
    ),
    "file-missing": Refusal(
        _NOT_FOUND,
        N_("There is no file of that name."),
        N_("Check the spelling and the folder; quote names that contain spaces."),
    ),
    "folder-missing": Refusal(
        _NOT_FOUND,
        N_("The folder a file should be written to does not exist."),
        N_("Check the path, or make the folder first."),
    ),
    "code-unknown": Refusal(
        _NOT_FOUND,
        N_("No problem and no refusal has this code."),
        N_("Codes stand in brackets before each message."),
    ),
    "not-in-period": Refusal(_REFUSED),
    "assessor-self": Refusal(_REFUSED),
    "assessor-loop": Refusal(_REFUSED),
    "assessor-inactive": Refusal(_REFUSED),
    "unit-loop": Refusal(
        _REFUSED,
        N_("The unit would stand below itself."),
        N_("A unit's parent cannot be one of the units below it."),
    ),
    "period-closed": Refusal(
        _REFUSED,
        N_("The period is closed."),
        N_("A closed period refuses every change by every path. Reopening needs a reason, which stays on record."),
    ),
    "period-open": Refusal(
        _REFUSED,
        N_("The period is open, so it cannot be reopened."),
        N_("Only a closed period can be reopened."),
    ),
    "period-unrated": Refusal(
        _REFUSED,
        N_("The period cannot be closed while people in it are not rated."),
        N_("`kinerja report missing CODE` lists them; --allow-unrated closes all the same and leaves them unrated."),
    ),
    "arrangement-overlaps": Refusal(
        _REFUSED,
        N_("Two arrangements of one kind for the same unit or person would hold on the same days."),
        N_("Acting officials, delegations and exclusions follow each other. End the one that runs with --end DATE."),
    ),
    "person-left": Refusal(
        _REFUSED,
        N_("The person was out of the period before its end, so that nobody rates them in it."),
        N_("Whoever retires, moves away or is left out stays in the period with the reason, and in no base."),
    ),
    "check-unknown": Refusal(
        _USAGE,
        N_("There is no rule of this code."),
        N_("`kinerja check --help` and the manual list the codes; they begin with check-."),
    ),
    "period-flawed": Refusal(
        _REFUSED,
        N_("Ratings of the period break a rule, so that it cannot be closed."),
        N_("The predikat must be what the ratings give. `kinerja check CODE` names who it is about."),
    ),
    "assessor-circle": Refusal(
        _REFUSED,
        N_("People would appraise each other in turn, so the period is not opened."),
        N_("Links in the roster, heads of units and delegations together must lead upwards. Name another assessor."),
    ),
    "nobody-to-appraise": Refusal(
        _REFUSED,
        N_("There is nobody in service whom the period could take in."),
        N_("Import a roster first. People who are retired, on CLTN or gone are not appraised."),
    ),
    "method-mismatch": Refusal(
        _REFUSED,
        N_("Ratings were given where the regulation wants numbers, or the other way round."),
        N_("PermenPANRB 6/2022 knows two ratings, PP 30/2019 two scores. The period froze one of them."),
    ),
    "feedback-self": Refusal(_REFUSED),
    "feedback-giver-gone": Refusal(_REFUSED),
    "feedback-day-before-service": Refusal(_REFUSED),
    "feedback-duplicate": Refusal(
        _REFUSED,
        N_("The same giver has said the same of the same person on the same day."),
        N_("Feedback is kept once."),
    ),
    "clock-ahead": Refusal(
        _REFUSED,
        N_("The day is more than two years after the last operation, or two operations are that far apart."),
        N_(
            "A machine whose clock runs far ahead would open period after period, and nothing would undo that. Where a"
            " store was really left alone for so long, --clock-is-right says so, once."
        ),
    ),
    "before-since": Refusal(
        _REFUSED,
        N_("The day given to rollover lies in a year before the first one that the agency has periods of."),
        N_(
            "A slip of the year would open periods that cannot be deleted again. The setting `since` says with which"
            " year rollover begins."
        ),
    ),
    "clock-behind": Refusal(
        _REFUSED,
        N_("The clock stands on a day before one on which something was done in the store already."),
        N_(
            "Either the clock was set back, and by its day nothing would be due; or it was ahead when something was"
            " done, and the calendar would stand still until that day. Set it right; where it is right now, say so once"
            " with --clock-is-right."
        ),
    ),
    "store-exists": Refusal(
        _REFUSED,
        N_("A store, or another file, stands where a new one was to be made."),
        N_("An existing file is never overwritten. Name another one with --db or KINERJA_DB."),
    ),
    "store-busy": Refusal(
        _REFUSED,
        N_("Another run held the store for as long as this one was willing to wait."),
        N_("Only one run writes at a time. Try again when the other has ended."),
    ),
    "file-unwritable": Refusal(
        _STORE,
        N_("The system does not let a file be read or written."),
        N_("Permission is missing, the disk is full, or a folder has that name. No half-written file is left."),
    ),
    "result-unwritten": Refusal(
        _STORE,
        N_("What the command was to do is done and kept; only what it has to tell could not be written."),
        N_("Do not run it again. `kinerja history` and `kinerja backup list` show what was done."),
    ),
    "store-missing": Refusal(
        _STORE,
        N_("There is no store at the place named."),
        N_('Make one with `kinerja init --agency "NAME"`, or name another with --db or KINERJA_DB.'),
    ),
    "store-foreign": Refusal(
        _STORE,
        N_("The file is no store of this program."),
        N_("A store carries a mark, so that a stranger's database is never written to."),
    ),
    "store-version": Refusal(
        _STORE,
        N_("The schema of the store is not the one this program speaks."),
        N_("An older store is brought up to date by `kinerja db upgrade`; a newer one needs a newer kinerja."),
    ),
    "store-failed": Refusal(
        _STORE,
        N_("The system or the file itself keeps the store from being used."),
        N_("The disk is full, permission is missing, or the file is damaged; the message says which."),
    ),
    "rows-not-taken": Refusal(
        _STORE,
        N_("A row that was written is not there: a trigger of somebody else, or damage, swallowed it."),
        N_("Nothing of the operation was kept. `kinerja doctor` and `kinerja audit verify` name what is strange."),
    ),
    "store-unsupported": Refusal(
        _STORE,
        N_("The place named is a database this version does not speak to."),
        N_("The store is one SQLite file; give its path."),
    ),
    **EVALUATION,
    **UNDO,
    **BACKUPS,
}
"""Every refusal by its code, in the order of exit codes; those of an evaluation come last."""
