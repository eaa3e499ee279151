"""What undecided objections mean for closing a period: refused, or allowed and marked, as the agency has set."""

from collections.abc import Sequence
from gettext import gettext as _

from kinerja_cli.domain.agency import read_agency
from kinerja_cli.domain.objections import Objection
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.objections import load_objections
from kinerja_cli.storage.store.settings import load_settings
from kinerja_cli.storage.store.staff import names_by_nip

_NAMED = 5


class ObjectionsOpen(KinerjaError):
    """The period cannot be closed while objections in it are undecided."""

    code = "objections-open"
    exit = Exit.REFUSED

    def __init__(self, period: str, waiting: Sequence[str]) -> None:
        named = "; ".join(waiting[:_NAMED]) + ("; …" if len(waiting) > _NAMED else "")
        super().__init__(
            _("{period} cannot be closed. Objections that are undecided: {count} ({names}).").format(
                period=period, count=len(waiting), names=named
            ),
            _(
                "Decide them (`kinerja objection list {period} --open`), or let periods close over them with "
                "`kinerja settings set close_with_objections allow`."
            ).format(period=period),
        )


def pending_objections(connection: Connection, period_code: str) -> tuple[list[Objection], bool]:
    """The undecided objections of a period, and whether they keep it from closing."""
    waiting = load_objections(connection, period_code=period_code, undecided=True)
    return waiting, bool(waiting) and not read_agency(load_settings(connection)).close_with_objections


def refuse_over_objections(connection: Connection, period_code: str) -> list[str]:
    """The NIPs of those whose objection is undecided while the period closes. Raises ObjectionsOpen."""
    waiting, refused = pending_objections(connection, period_code)
    if refused:
        people = names_by_nip(connection, (one.nip for one in waiting))
        raise ObjectionsOpen(period_code, [f"{people[one.nip].display_name} ({one.nip})" for one in waiting])
    return [one.nip for one in waiting]
