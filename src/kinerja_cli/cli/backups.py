"""`kinerja backup`: copies of the store that were tried out, and putting one back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kinerja_cli.cli.asking import confirm
from kinerja_cli.cli.messages import say, show_problems
from kinerja_cli.cli.options import DryRun, Output, To
from kinerja_cli.cli.refusals import system_refusal
from kinerja_cli.cli.render import Format, show
from kinerja_cli.cli.state import session
from kinerja_cli.cli.store import location
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import dry_run_note
from kinerja_cli.errors import Exit, Problem, UsageError

if TYPE_CHECKING:
    from kinerja_cli.actions.restore import Ready, Restored
    from kinerja_cli.storage.manifests import Manifest

Identity = Annotated[
    Path | None,
    typer.Option("--identity", metavar="FILE", help=_("The file with the secret key of an encrypted backup.")),
]
BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help=_("A backup (.db or .db.age)."))]
BackupFolder = Annotated[
    Path | None,
    typer.Argument(metavar="DIR", help=_("The folder of backups; that of this store by default.")),
]


_TOLD = ("at", "agency", "store_id", "schema", "operations", "head", "bytes", "encrypted", "sha256")
"""What is told of every backup, in this order."""


def backup_create(
    folder: BackupFolder = None,
    file: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Write to this new file instead."))
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(
            "--keep",
            metavar="SPAN=N,…",
            help=_("Afterwards keep only the newest of so many days, weeks …: daily=7,weekly=4,monthly=12,yearly=5."),
        ),
    ] = None,
    recipient: Annotated[
        list[str] | None,
        typer.Option("--recipient", metavar="KEY", help=_("Encrypt for this public key (age1…); several times.")),
    ] = None,
    recipients_file: Annotated[
        list[Path] | None,
        typer.Option("--recipients-file", metavar="FILE", help=_("Encrypt for the public keys of a file.")),
    ] = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Make a verified copy of the store with a manifest beside it; with --quiet success says nothing."""
    from kinerja_cli.actions.backups import Wanted, backup_folder, create_backup
    from kinerja_cli.domain.rotation import read_keep
    from kinerja_cli.storage.sealing import read_recipients

    if file is not None and (folder is not None or keep is not None):
        raise UsageError(
            _("--output names one file, so it goes with neither a folder nor --keep."),
            _("Give a folder to keep several backups in it."),
        )
    wanted = Wanted(
        folder,
        file,
        read_recipients(recipient or (), recipients_file or ()),
        None if keep is None else read_keep(keep),
    )
    with _naming(file or folder or backup_folder(location())):
        made = create_backup(location(), wanted, now=datetime.now(UTC), dry_run=dry_run)
    if not dry_run:
        session.done = _("The backup {file} is made.").format(file=made.path)
    row = {
        "file": str(made.path),
        **_told(made.manifest),
        "kept": made.kept,
        "removed": list(made.removed),
        "dry_run": dry_run,
    }
    columns = [
        *_columns(),
        Column("sha256", _("SHA-256")),
        Column("kept", _("Backups in the folder"), "number"),
        Column("removed", _("Taken away"), "list"),
    ]
    title = _("Dry run: nothing was saved") if dry_run else _("Backup made")
    _show_unless_quiet(View(title, columns, [row], single=True, notes=dry_run_note(dry_run), data=row), output)


def backup_list(folder: BackupFolder = None, output: Output = None, to: To = None) -> None:
    """List backups, the newest first, from their manifests."""
    from kinerja_cli.actions.backups import backup_folder, list_backups

    rows = [
        {"file": str(path), **_told(manifest), "this_store": own}
        for path, manifest, own in list_backups(location(), folder)
    ]
    columns = [
        *_columns(),
        Column("this_store", _("Of this store"), labels={True: _("yes"), False: _("no")}),
        Column("sha256", _("SHA-256"), in_table=False),
    ]
    place = folder or backup_folder(location())
    notes = () if rows else (_("There is no backup in {folder}.").format(folder=place),)
    show(View(_("Backups"), columns, rows, notes=notes), output, to)


def backup_verify(file: BackupFile, identity: Identity = None, output: Output = None, to: To = None) -> None:
    """Look at one backup: its hash, its inside, and whether its manifest speaks of it."""
    from kinerja_cli.actions.rehearsal import verify

    looked = verify(file, identity)
    row = {
        "ok": looked.ok,
        "file": str(looked.path),
        **_told(looked.manifest),
        "encrypted": looked.sealed,
        "findings": [_finding(one) for one in looked.problems],
    }
    columns = [Column("ok", _("Sound"), labels={True: _("yes"), False: _("no")}), *_columns()]
    _show_unless_quiet(View(_("Backup"), columns, [row], single=True, data=row), output, to)
    show_problems(looked.problems)
    if not looked.ok:
        raise typer.Exit(Exit.FINDINGS)


def backup_drill(folder: BackupFolder = None, identity: Identity = None, output: Output = None, to: To = None) -> None:
    """Rehearse a restore: open the newest backup elsewhere, check it, compare it with the store; for cron."""
    from kinerja_cli.actions.rehearsal import drill

    done = drill(location(), folder, identity, now=datetime.now(UTC))
    row = {
        "ok": done.ok,
        "file": str(done.path),
        **_told(done.manifest),
        "behind": done.behind,
        "sampled": done.sampled,
        "seconds": round(done.seconds, 1),
        "findings": [_finding(one) for one in done.problems],
    }
    columns = [
        Column("ok", _("Sound"), labels={True: _("yes"), False: _("no")}),
        *_columns(),
        Column("behind", _("Operations since"), "number"),
        Column("sampled", _("Rows compared"), "number"),
        Column("seconds", _("Seconds"), "number"),
    ]
    _show_unless_quiet(View(_("Restore drill"), columns, [row], single=True, data=row), output, to)
    show_problems(done.problems)
    if not done.ok:
        raise typer.Exit(Exit.FINDINGS)


def backup_restore(
    file: BackupFile,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="PATH", help=_("Put it at a new path and leave the store alone."))
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Replace the store without asking."))] = False,
    store_id: Annotated[
        str | None,
        typer.Option("--store-id", metavar="ID", help=_("Replace the store although the backup is of this other one.")),
    ] = None,
    identity: Identity = None,
    dry_run: DryRun = False,
    output: Output = None,
) -> None:
    """Put a backup back, at a new path or over the store, which is first copied."""
    from kinerja_cli.actions.restore import ready_to_restore, restore

    now = datetime.now(UTC)
    with (
        _naming(to or location()),
        ready_to_restore(location(), file, to=to, identity=identity, store_id=store_id, now=now) as ready,
    ):
        show_problems(ready.warnings)
        if dry_run:
            _show_restored(ready, None, output)
            return
        if ready.replaces and not yes:
            confirm(_question(ready), "--yes")
        done = restore(ready, now=now)
        session.done = _("The backup is put back as {store}.").format(store=ready.target)
        _show_restored(ready, done, output)
    if done.content.schema < ready.program_schema:
        say(_("The backup has an older schema: `kinerja db upgrade` brings it up to date."))


@contextmanager
def _naming(place: object) -> Iterator[None]:
    """Name the place the user gave, rather than a draft beside it, where the system refuses it."""
    try:
        yield
    except OSError as error:
        refusal = system_refusal(error, place)
        if refusal is None:
            raise
        raise refusal from error


def _question(ready: "Ready") -> str:
    """What is asked before a store is replaced."""
    if ready.present is None:
        now = _("it cannot be read")
    else:
        now = _("operation {number}, {at}").format(number=ready.present.operations, at=ready.present.head_at or "-")
    return _("Replace {store} ({now}) by {file} (operation {number}, {at})? A copy of the present one is kept.").format(
        store=ready.target,
        now=now,
        file=ready.backup.name,
        number=ready.content.operations,
        at=ready.content.head_at or "-",
    )


def _show_restored(ready: "Ready", done: "Restored | None", output: Format | None) -> None:
    row = {
        "store": str(ready.target),
        "file": str(ready.backup),
        "store_id": ready.content.store_id,
        "agency": ready.content.agency,
        "schema": ready.content.schema,
        "operations": ready.content.operations,
        "head": ready.content.head,
        "replaced": None if ready.present is None else ready.present.operations,
        "safety_copy": None if done is None or done.safety is None else str(done.safety),
        "safety_sound": None if done is None or done.safety is None else done.safety_sound,
        "dry_run": done is None,
    }
    columns = [
        Column("store", _("Store")),
        Column("file", _("Backup")),
        Column("agency", _("Agency")),
        Column("schema", _("Schema"), "number"),
        Column("operations", _("Operations"), "number"),
        Column("head", _("Head")),
        Column("replaced", _("Operations before"), "number"),
        Column("safety_copy", _("Copy of the store as it was")),
    ]
    notes = list(dry_run_note(done is None))
    if done is not None and not done.safety_sound:
        notes.append(_("The store that was replaced was damaged; its copy is so too."))
    title = _("Dry run: nothing was saved") if done is None else _("Backup put back")
    show(View(title, columns, [row], single=True, notes=tuple(notes), data=row), output)


def _told(manifest: "Manifest | None") -> dict[str, object]:
    """What is shown of a backup; without a manifest its keys are there all the same."""
    if manifest is None:
        return dict.fromkeys(_TOLD)
    return {
        "at": manifest.at,
        "agency": manifest.agency,
        "store_id": manifest.store_id,
        "schema": manifest.schema,
        "operations": manifest.operations,
        "head": manifest.head,
        "bytes": manifest.bytes,
        "encrypted": manifest.encryption is not None,
        "sha256": manifest.sha256,
    }


def _columns() -> list[Column]:
    """The columns every view of backups begins with."""
    return [
        Column("file", _("Backup")),
        Column("at", _("Made (UTC)")),
        Column("agency", _("Agency"), in_table=False),
        Column("store_id", _("Store id"), in_table=False),
        Column("schema", _("Schema"), "number"),
        Column("operations", _("Operations"), "number"),
        Column("head", _("Head"), in_table=False),
        Column("bytes", _("Bytes"), "number"),
        Column("encrypted", _("Encrypted"), labels={True: _("yes"), False: _("no")}),
    ]


def _finding(problem: Problem) -> dict[str, object]:
    """One thing found, as scripts get it."""
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "message": problem.message,
        "fix": problem.fix,
    }


def _show_unless_quiet(view: View, output: Format | None, to: Path | None = None) -> None:
    """Show a result; a job of cron that went well says nothing, unless it was asked for a form or a file."""
    if not session.quiet or output is not None or to is not None:
        show(view, output, to)
