"""Refusals that several commands share: what was named is not there, or its state forbids the wish."""

from gettext import gettext as _

from kinerja_cli.errors import Exit, KinerjaError


class NipMalformed(KinerjaError):
    """What was typed as a NIP is not one: it needs 18 digits."""

    code = "nip-malformed"
    exit = Exit.USAGE

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is no NIP.").format(text=text),
            _("Type its 18 digits, or look it up with `kinerja staff list --search NAME`."),
        )


class NipNotFound(KinerjaError):
    """Nobody on the roster has this NIP."""

    code = "nip-unknown"
    exit = Exit.NOT_FOUND

    def __init__(self, nip: str) -> None:
        super().__init__(
            _("NIP {nip} is not on the roster.").format(nip=nip),
            _("Check it with `kinerja staff list --search NAME`, or import the roster that has this person."),
        )


class UnitNotFound(KinerjaError):
    """There is no unit with this code."""

    code = "unit-unknown"
    exit = Exit.NOT_FOUND

    def __init__(self, unit_code: str, near: str = "") -> None:
        hint = _("See the codes with `kinerja unit tree`.")
        if near:
            hint = _("Did you mean {near}?").format(near=near) + " " + hint
        super().__init__(_("There is no unit with the code {code}.").format(code=unit_code), hint)


class PeriodNotOpened(KinerjaError):
    """The period was never opened, so nobody takes part in it."""

    code = "period-unknown"
    exit = Exit.NOT_FOUND

    def __init__(self, period_code: str) -> None:
        super().__init__(
            _("{period} has not been opened.").format(period=period_code),
            _("Open it with `kinerja period open {period}`.").format(period=period_code),
        )


class PeriodClosed(KinerjaError):
    """The period is closed: nothing in it changes, by no path."""

    code = "period-closed"
    exit = Exit.REFUSED

    def __init__(self, period_code: str) -> None:
        super().__init__(
            _("{period} is closed.").format(period=period_code),
            _("If it must change, reopen it with `kinerja period reopen {period} --reason TEXT`.").format(
                period=period_code
            ),
        )


class NotInPeriod(KinerjaError):
    """The person takes no part in the period."""

    code = "not-in-period"
    exit = Exit.REFUSED

    def __init__(self, name: str, nip: str, period_code: str) -> None:
        super().__init__(
            _("{name} ({nip}) does not take part in {period}.").format(name=name, nip=nip, period=period_code),
            _("If the person is in service, add them with `kinerja period open {period} --late-joiners`.").format(
                period=period_code
            ),
        )


class AssessorSelf(KinerjaError):
    """A person named as their own assessor."""

    code = "assessor-self"
    exit = Exit.REFUSED

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} cannot be their own assessor.").format(name=name),
            _("Name the direct superior (PermenPANRB 6/2022 Pasal 1)."),
        )


class NoRows(KinerjaError):
    """The files hold headings but nobody below them."""

    code = "no-rows"
    exit = Exit.REJECTED

    def __init__(self, files: str) -> None:
        super().__init__(
            _("There are 0 rows of people in {files}.").format(files=files),
            _("Check that this is the right file and that the rows stand below the headings."),
        )


class AssessorInactive(KinerjaError):
    """An assessor or head who is not in service."""

    code = "assessor-inactive"
    exit = Exit.REFUSED

    def __init__(self, name: str, status: str) -> None:
        super().__init__(
            _("{name} is not in service ({status}).").format(name=name, status=status),
            _("Name the official who holds the post now."),
        )


class OperationUnknown(KinerjaError):
    """There is no operation with this number."""

    code = "operation-unknown"
    exit = Exit.NOT_FOUND

    def __init__(self, number: int) -> None:
        super().__init__(
            _("There is no operation {number}.").format(number=number),
            _("See their numbers with `kinerja history`."),
        )
