"""`kinerja db`: the store itself."""

from gettext import gettext as _

from kinerja_cli.cli.messages import say
from kinerja_cli.cli.options import DryRun, Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.state import session
from kinerja_cli.cli.store import location
from kinerja_cli.cli.views import Column, View


def db_info(output: Output = None, to: To = None) -> None:
    """Show where the store is, its schema and its size."""
    from kinerja_cli.actions.database import store_info

    info = store_info(location())
    row = {
        "path": info.path,
        "schema": info.schema,
        "program_schema": info.program_schema,
        "bytes": info.bytes,
        "sqlite": info.sqlite,
        "journal": info.journal,
        "rows": info.rows,
    }
    columns = [
        Column("path", _("Store")),
        Column("schema", _("Schema"), "number"),
        Column("program_schema", _("Schema of this program"), "number"),
        Column("bytes", _("Bytes"), "number"),
        Column("sqlite", _("SQLite")),
        Column("journal", _("Journal")),
    ]
    notes = tuple(_("{table}, rows: {count}").format(table=name, count=count) for name, count in info.rows.items())
    show(View(_("Store"), columns, [row], single=True, notes=notes, data=row), output, to)


def db_upgrade(dry_run: DryRun = False, output: Output = None) -> None:
    """Bring the store's schema up to date, after a verified copy."""
    from kinerja_cli.actions.database import upgrade_store

    before, after, copy = upgrade_store(location(), dry_run=dry_run)
    if before != after and not dry_run:
        session.done = _("The store has schema {schema} now.").format(schema=after)
    row = {"schema_before": before, "schema": after, "copy": None if copy is None else str(copy)}
    columns = [
        Column("schema_before", _("Schema before"), "number"),
        Column("schema", _("Schema"), "number"),
        Column("copy", _("Copy of the old store")),
    ]
    show(View(_("Schema"), columns, [row], single=True), output)
    if before == after:
        say(_("The store is up to date; nothing was changed."))
