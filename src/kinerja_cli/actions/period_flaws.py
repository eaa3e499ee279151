"""What keeps a period from being closed although everybody in it is rated: a predikat that its ratings do not give."""

from gettext import gettext as _

from kinerja_cli.domain.appraisal import predikat_of
from kinerja_cli.domain.regulation import Regulation, read_regulation
from kinerja_cli.errors import Exit, KinerjaError
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import rating_combinations
from kinerja_cli.storage.store.periods import StoredPeriod


class PeriodFlawed(KinerjaError):
    """Ratings of the period break a rule, so that it cannot be closed."""

    code = "period-flawed"
    exit = Exit.REFUSED

    def __init__(self, period: str, people: int) -> None:
        super().__init__(
            _("{period} cannot be closed: the predikat of {people} people is not what their ratings give.").format(
                period=period, people=people
            ),
            _("See them with `kinerja check {period} --only check-predikat-disagrees`.").format(period=period),
        )


def refuse_flaws(connection: Connection, period: StoredPeriod) -> None:
    """Raise PeriodFlawed where a predikat is not what the ratings beside it give."""
    regulation = read_regulation(period.regulation_text)
    if regulation.numeric is None:
        wrong = sum(
            people
            for hasil, perilaku, predikat, people in rating_combinations(connection, period.code)
            if predikat != from_ratings(regulation, hasil, perilaku)
        )
        if wrong:
            raise PeriodFlawed(period.code, wrong)


def from_ratings(regulation: Regulation, hasil: str | None, perilaku: str | None) -> str | None:
    """The predikat of two ratings; None without both."""
    return None if hasil is None or perilaku is None else predikat_of(regulation, hasil, perilaku)
