"""What `doctor` finds out about the store and the machine: facts as notes, and what is wrong with its remedy."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

SQLITE: Final = ProblemKind(
    "doctor-sqlite",
    _N,
    N_("SQLite {version}."),
    N_("Nothing is to be done."),
    N_(
        "Versions before 3.51.3 can damage a file in WAL mode when two programs write at once. The store keeps"
        " a journal that is truncated, so that this does not concern it, whatever the version."
    ),
)
JOURNAL: Final = ProblemKind(
    "doctor-journal",
    _W,
    N_("The store was switched to WAL mode by another program."),
    N_("Close that program; the next command of kinerja switches it back. Copy it with `kinerja backup create` alone."),
    N_("In WAL mode the newest changes lie in a second file, and a copy of the first one lacks them."),
)
INTERRUPTED: Final = ProblemKind(
    "doctor-journal-hot",
    _W,
    N_("{file} holds a change that was not finished: a run was killed, or is still writing."),
    N_("The next command takes it back by itself. Never delete, rename or move this file apart from the store."),
    N_("Without its journal a half-finished change cannot be taken back, and the store is damaged."),
)
FILE_SYSTEM: Final = ProblemKind(
    "doctor-file-system",
    _N,
    N_("The store lies on {filesystem}."),
    N_("Nothing is to be done."),
    N_("A store belongs on a disk of the machine that works with it; network file systems are refused."),
)
OPEN_TO_OTHERS: Final = ProblemKind(
    "doctor-file-mode",
    _E,
    N_("{file} can be read or changed by other accounts of this machine (mode {mode})."),
    N_("Run `chmod 600 {quoted}`."),
    N_("A store holds personal data and ratings; only its owner may read it."),
)
FOLDER_OPEN: Final = ProblemKind(
    "doctor-folder-mode",
    _W,
    N_("Other accounts may write to the folder {file} (mode {mode}), and so exchange the store."),
    N_("Run `chmod go-w {quoted}`, or move the store to a folder of its own with mode 700."),
    N_("Whoever may write to a folder may put another file in the place of the store, whatever its own mode."),
)
UNWRITABLE: Final = ProblemKind(
    "doctor-unwritable",
    _W,
    N_("You may not write to {file}, so that you can read the store at most."),
    N_("Run kinerja as the account that owns it ({owner}), or have it given to you."),
    N_("Writing needs the right to write both to the file and to its folder, where the journal lies."),
)
SPACE: Final = ProblemKind(
    "doctor-space",
    _N,
    N_("{free} MB are free beside the store, which has {size} MB."),
    N_("Nothing is to be done."),
    N_("A backup needs as much space as the store, a restore or an upgrade up to three times as much."),
)
SPACE_SHORT: Final = ProblemKind(
    "doctor-space-short",
    _W,
    N_("Only {free} MB are free beside the store, which has {size} MB."),
    N_("Free some space: a restore or an upgrade needs {needed} MB."),
    N_("A full disk never leaves half a change, but nothing can be saved on it."),
)
CLOCK: Final = ProblemKind(
    "doctor-clock",
    _E,
    N_("The clock says {now}, but the last operation of this store was done at {last}."),
    N_("Set the clock right (`timedatectl`). If it was wrong then: `kinerja period rollover --clock-is-right`."),
    N_("A clock that was set back would let operations stand in the ledger before those they came after."),
)
CLOCK_AHEAD: Final = ProblemKind(
    "doctor-clock-ahead",
    _W,
    N_("The clock says {now}, more than two years after the last operation that a clock can be believed for ({last})."),
    N_("Set the clock right. If nobody used the store for so long: `kinerja period rollover --clock-is-right`."),
    N_("With a clock far ahead the calendar would open period after period."),
)
TIME: Final = ProblemKind(
    "doctor-time",
    _N,
    N_("It is {now} in the agency's time zone, {zone}."),
    N_("Nothing is to be done."),
    N_("The agency's time zone decides which day it is, not that of the machine."),
)
SCHEMA: Final = ProblemKind(
    "doctor-schema",
    _N,
    N_("Schema {schema}, {operations} operations, the last at {last}."),
    N_("Nothing is to be done."),
    N_("The schema of the store is the one that this program speaks."),
)
DAMAGED: Final = ProblemKind(
    "doctor-damaged",
    _E,
    N_("The store is damaged: {reason}."),
    N_(
        "Do not write to it. Keep the file, and put back a backup: `kinerja backup list`, then"
        " `kinerja backup restore`."
    ),
    N_("SQLite's own check found the file broken. What is damaged cannot be told apart from what is not."),
)
GUARDS: Final = ProblemKind(
    "doctor-schema-differs",
    _E,
    N_("The schema is not the one kinerja made: {what}."),
    N_("Somebody changed the store past kinerja. Compare it with a backup: `kinerja backup drill`."),
    N_("Tables, indexes and the triggers that guard the ledger and closed periods must be those of a new store."),
)
STRAY: Final = ProblemKind(
    "doctor-stray",
    _W,
    N_("{file} was left by a run that was killed."),
    N_("Delete it once no other run is at work."),
    N_("Drafts of copies and notes of who holds the store stay behind where a run is killed; they do no harm."),
)
NO_BACKUP: Final = ProblemKind(
    "doctor-no-backup",
    _W,
    N_("There is no backup of this store in {folder}."),
    N_(
        "`kinerja backup create` makes one; the manual has a line for cron. If yours lie elsewhere, say so:"
        " `kinerja settings set backup_dir FOLDER`."
    ),
    N_("Work that is in no backup is lost with the disk."),
)
LAST_BACKUP: Final = ProblemKind(
    "doctor-backup",
    _N,
    N_("The last backup was made at {at}, {count} operations ago."),
    N_("Nothing is to be done."),
    N_("Read from the manifest beside it; `kinerja backup drill` tries it out."),
)
SAME_DISK: Final = ProblemKind(
    "doctor-backup-same-disk",
    _N,
    N_("The backups lie on the same disk as the store ({folder})."),
    N_("Put them on another disk or machine: `kinerja settings set backup_dir FOLDER`."),
    N_("A backup on the same disk helps against slips, but not against a broken or stolen disk."),
)
