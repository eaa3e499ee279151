"""What looking at a backup can find, and what rehearsing a restore can."""

from typing import Final

from kinerja_cli.errors import N_, ProblemKind, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

BACKUP_NO_MANIFEST: Final = ProblemKind(
    "backup-no-manifest",
    _E,
    N_("{file} has no manifest beside it, so that nobody can tell whether it is what was written."),
    N_("Copy {manifest} to the same folder; both belong together. Without it only the inside was looked at."),
    N_("The manifest of a backup holds its SHA-256, its head and its counts. It lies beside it, ending in .json."),
)
BACKUP_HASH: Final = ProblemKind(
    "backup-hash",
    _E,
    N_("{file} is not what was written: its SHA-256 or its size differs from the manifest."),
    N_("It was damaged or changed since. Use another backup, and look at the disk it lay on."),
    N_("A backup is never changed after it was made; one bit is enough to be noticed."),
)
BACKUP_DAMAGED: Final = ProblemKind(
    "backup-damaged",
    _E,
    N_("The inside of {file} is damaged: {reason}."),
    N_("Use another backup; `kinerja backup list` shows which there are."),
    N_("The copy was opened and SQLite's own checks found it broken, or it is no store at all."),
)
BACKUP_DIFFERS: Final = ProblemKind(
    "backup-differs",
    _E,
    N_("The manifest of {file} speaks of another content: {what}."),
    N_("Manifest and backup do not belong together, or one of them was changed. Use another backup."),
    N_("Store, schema, head of the ledger and number of rows must be those that the manifest names."),
)
BACKUP_AUDIT: Final = ProblemKind(
    "backup-audit",
    _E,
    N_("{file} is what was written, but what it holds is not what was recorded: {what}."),
    N_(
        "The store was changed past kinerja before this backup. Restore it elsewhere with --to and see "
        "`kinerja audit verify` there; an older backup may be from before."
    ),
    N_("The chain of operations in the backup was walked and every row compared with what was recorded of it."),
)
BACKUP_CHANGED: Final = ProblemKind(
    "backup-changed",
    _E,
    N_("What {file} holds is not what was recorded ({what}), and it has no manifest that would show it was ever so."),
    N_(
        "Use a backup with its manifest. If this is all there is, put it elsewhere with --to and see "
        "`kinerja audit verify` there before anything relies on it."
    ),
    N_("It was changed past kinerja, the store before the backup was made or the backup since; nobody can tell which."),
)
BACKUP_SEALED: Final = ProblemKind(
    "backup-sealed",
    _N,
    N_("{file} is encrypted: only its hash was compared, its inside was not looked at."),
    N_("--identity FILE names the file with the secret key."),
    N_("The machine that makes encrypted backups cannot read them; whoever holds the secret key can."),
)
BACKUP_NEWER: Final = ProblemKind(
    "backup-newer",
    _W,
    N_("{file} has schema {found}, this program speaks schema {known}."),
    N_("It can be restored with a newer kinerja."),
    N_("A backup made by a newer kinerja is whole, but this program does not know how to read it."),
)
BACKUP_APART: Final = ProblemKind(
    "backup-apart",
    _E,
    N_("The ledger of the store no longer holds what the backup holds: {count} operations differ."),
    N_("The store was rewritten, or put back from an older backup. Compare both before anything is overwritten."),
    N_("Operations are only ever added, so that every operation of a backup must stand in the store unchanged."),
)
BACKUP_ROWS: Final = ProblemKind(
    "backup-rows",
    _E,
    N_("{count} of {sampled} rows of {table} differ between backup and store although no operation changed them."),
    N_("Either the store was changed past kinerja or it is damaged. `kinerja doctor` looks at it."),
    N_("A restore drill compares rows by sample; those that later operations changed are left out."),
)
BACKUP_OLD: Final = ProblemKind(
    "backup-old",
    _W,
    N_("The last backup is {days} days old, and {count} operations were done since."),
    N_("`kinerja backup create` makes one; the manual has a line for cron."),
    N_("Work that is in no backup is lost with the disk."),
)
