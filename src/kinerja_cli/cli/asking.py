"""Ask for a confirmation, on a terminal only: where nobody sits, an option has to say yes."""

import sys
from gettext import gettext as _

from kinerja_cli.cli.values import plain
from kinerja_cli.errors import Exit, KinerjaError, UsageError


class NotConfirmed(KinerjaError):
    """Whoever was asked did not say yes."""

    code = "not-confirmed"
    exit = Exit.REFUSED

    def __init__(self) -> None:
        super().__init__(_("Nothing was changed."), _("Only y, yes, ya means yes."))


def confirm(question: str, option: str) -> None:
    """Go on only with a yes. Raises NotConfirmed, and UsageError where nobody can be asked."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            _("This has to be confirmed, and nobody can be asked here."),
            _("Look at it with --dry-run first; then add {option}.").format(option=option),
        )
    sys.stderr.write(f"{plain(question)} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "ya"):
        raise NotConfirmed
