"""What the refusals mean that have to do with backups and with where a store lies."""

from collections.abc import Mapping
from typing import Final

from kinerja_cli.actions.meaning import Refusal
from kinerja_cli.errors import N_, Exit

BACKUPS: Final[Mapping[str, Refusal]] = {
    "backup-missing": Refusal(
        Exit.NOT_FOUND,
        N_("There is no backup where one was looked for."),
        N_("Backups lie in the folder NAME.backups beside the store, or in that of the setting `backup_dir`."),
    ),
    "backup-exists": Refusal(
        Exit.REFUSED,
        N_("A file stands where a backup was to be written."),
        N_("A backup never overwrites anything. In a folder every backup gets a name of its own."),
    ),
    "backup-locked": Refusal(
        Exit.USAGE,
        N_("The backup is encrypted and no secret key was named."),
        N_("Only whoever holds the secret key of a recipient can read it: --identity names the file it is in."),
    ),
    "backup-unsound": Refusal(
        Exit.STORE,
        N_("The backup is damaged, or not what its manifest says, so nothing is put back from it."),
        N_("`kinerja backup verify FILE` tells what is wrong; another backup may be whole."),
    ),
    "backup-other-store": Refusal(
        Exit.REFUSED,
        N_("The backup is of another store than the one it would replace."),
        N_("Every store has an id of its own. --store-id with the id of the backup says that it is meant."),
    ),
    "age-missing": Refusal(
        Exit.REFUSED,
        N_("The part of the program that encrypts is not installed."),
        N_("Encryption is an extra: `pip install kinerja-cli[age]`. No plain backup is made in its place."),
    ),
    "identity-wrong": Refusal(
        Exit.REJECTED,
        N_("The secret key does not open the backup."),
        N_("The backup was made for other recipients, or it is broken; `kinerja backup verify` compares its hash."),
    ),
    "not-confirmed": Refusal(
        Exit.REFUSED,
        N_("A question was not answered with yes, so nothing was changed."),
        N_("--yes answers it beforehand."),
    ),
    "store-network": Refusal(
        Exit.STORE,
        N_("The store would lie on a network file system."),
        N_(
            "Locks do not work reliably over NFS, SMB and the like: two people writing at once would damage the store."
            " Keep it on a disk of one machine; copies of it may lie anywhere."
        ),
    ),
}
"""Refusals by their code."""
