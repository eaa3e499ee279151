"""The days in the life of a dokumen evaluasi: signed, handed over, received, returned, reported (Lampiran V.A)."""

from collections.abc import Mapping
from datetime import date
from gettext import gettext as _
from itertools import pairwise
from typing import Final

from kinerja_cli.errors import N_, Exit, KinerjaError

DOCUMENT_EVENTS: Final = ("signed", "handed_over", "received", "returned", "reported")
"""What happens to a document, as it is kept."""

DOCUMENT_LABELS: Final = {
    "signed": N_("signed by the assessor"),
    "handed_over": N_("handed to the person"),
    "received": N_("received by the person"),
    "returned": N_("returned by the person"),
    "reported": N_("reported to the PyB"),
}

_ORDERED: Final = (("signed", "handed_over", "received", "returned"), ("signed", "reported"))
"""What comes after what. A report may go up before the person has returned their copy."""


class DocumentOrder(KinerjaError):
    """Two days of a document stand in the wrong order."""

    code = "document-order"
    exit = Exit.REJECTED

    def __init__(self, name: str, earlier: tuple[str, date], later: tuple[str, date]) -> None:
        super().__init__(
            _("{name}: the document cannot be {later} on {later_day} and {earlier} only on {earlier_day}.").format(
                name=name,
                later=_(DOCUMENT_LABELS[later[0]]),
                later_day=later[1],
                earlier=_(DOCUMENT_LABELS[earlier[0]]),
                earlier_day=earlier[1],
            ),
            _("Correct one of the two days, or take one away with “-”; nothing was saved."),
        )


class DocumentDay(KinerjaError):
    """A day of a document lies before the window in which it can be written, or in the future."""

    code = "document-day"
    exit = Exit.REJECTED

    def __init__(self, event: str, day: date, *, opens: date, today: date) -> None:
        super().__init__(
            _("The document cannot be {event} on {day}: the window opened on {opens}, and today is {today}.").format(
                event=_(DOCUMENT_LABELS[event]), day=day, opens=opens, today=today
            ),
            _("Give a day between the two; nothing was saved."),
        )


def check_days(days: Mapping[str, date], *, opens: date, today: date) -> None:
    """Refuse days on which nothing can have happened to a document of a period. Raises DocumentDay."""
    for event, day in days.items():
        if not opens <= day <= today:
            raise DocumentDay(event, day, opens=opens, today=today)


def check_order(days: Mapping[str, date], name: str) -> None:
    """Refuse days in an order in which they cannot have come; days not known stand in nobody's way.

    Raises DocumentOrder with the name of the person whose document it is.
    """
    for events in _ORDERED:
        known = [(event, days[event]) for event in events if event in days]
        for earlier, later in pairwise(known):
            if later[1] < earlier[1]:
                raise DocumentOrder(name, earlier, later)
