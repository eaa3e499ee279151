"""`kinerja doctor`: look the store over, and the machine it lies on."""

from dataclasses import asdict
from datetime import UTC, datetime
from gettext import gettext as _

import typer

from kinerja_cli.cli.options import Output, To
from kinerja_cli.cli.render import show
from kinerja_cli.cli.state import session
from kinerja_cli.cli.store import location
from kinerja_cli.cli.views import Column, View
from kinerja_cli.cli.words import severities
from kinerja_cli.errors import Exit, Severity


def doctor(output: Output = None, to: To = None) -> None:
    """Look at the store, its file, its machine and its backups; a store that is missing or broken is told of too."""
    from kinerja_cli.actions.doctor import examine

    findings = examine(location(), now=datetime.now(UTC))
    wanted = [one for one in findings if not session.quiet or one.severity is not Severity.NOTE]
    columns = [
        Column("severity", _("Kind"), labels=severities()),
        Column("code", _("Code")),
        Column("message", _("What")),
        Column("fix", _("What to do"), wide=True),
    ]
    if wanted or not session.quiet:
        show(View(_("Doctor"), columns, [asdict(one) for one in wanted]), output, to)
    if any(one.severity is Severity.ERROR for one in findings):
        raise typer.Exit(Exit.FINDINGS)
