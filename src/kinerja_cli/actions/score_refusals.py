"""Why a rating cannot be recorded: who may give it and when, and what stands since it was decided or given late."""

from gettext import gettext as _

from kinerja_cli.domain.objections import DECISION_LABELS, Objection
from kinerja_cli.errors import Exit, KinerjaError


class RatedInTime(KinerjaError):
    """The assessor has rated within the window, so there is nothing for the superior to step in for."""

    code = "rated-in-time"
    exit = Exit.REFUSED

    def __init__(self, name: str, period: str) -> None:
        super().__init__(
            _("{name} was rated in {period} within the window; a late rating would take the objection away.").format(
                name=name, period=period
            ),
            _("A slip is corrected with --rated-on DATE; a wrong result is changed by deciding an objection."),
        )


class StudyNotFailed(KinerjaError):
    """--study-failed is said of somebody who is not on study leave."""

    code = "study-not-failed"
    exit = Exit.REFUSED

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} is not on study leave.").format(name=name),
            _("Leave --study-failed away, or correct the standing with `kinerja staff set NIP --status study`."),
        )


class StudyFailedLimit(KinerjaError):
    """Who did not complete a study can only get one of the two lowest predikat."""

    code = "study-failed-limit"
    exit = Exit.REFUSED

    def __init__(self, name: str, predikat: str, allowed: str) -> None:
        super().__init__(
            _(
                "These ratings give {name} {predikat}; after a study that was not completed only {allowed} is left."
            ).format(name=name, predikat=predikat, allowed=allowed),
            _("Rate perilaku as dibawah (PermenPANRB 6/2022 Lampiran IV.B.3)."),
        )


class PersonLeft(KinerjaError):
    """The person was out of the period before its end, so that nobody rates them in it."""

    code = "person-left"
    exit = Exit.REFUSED

    def __init__(self, name: str, nip: str, period: str, day: str, reason: str, *, excluded: bool) -> None:
        hint = _(
            "If they served until the end of the period, correct the day with `kinerja staff set {nip} --status STATUS"
            " --since DATE`."
        )
        if excluded:
            hint = _(
                "If they are to be rated, end the exclusion before the end of the period: `kinerja staff exclude {nip}"
                " --end DATE`."
            )
        super().__init__(
            _("{name} is out of {period} since {day} ({reason}).").format(
                name=name, period=period, day=day, reason=reason
            ),
            hint.format(nip=nip),
        )


class RatedLate(KinerjaError):
    """The superior has rated after the window, and that is final."""

    code = "rated-late"
    exit = Exit.REFUSED

    def __init__(self, name: str, nip: str, period: str, predikat: str) -> None:
        super().__init__(
            _(
                "{name} was rated {predikat} in {period} by the assessor's superior after the window, which is final; "
                "another rating cannot take its place."
            ).format(name=name, period=period, predikat=predikat),
            _(
                "A slip of the superior's own is corrected with `kinerja score record {nip} {period} --late` "
                "(PermenPANRB 6/2022 Lampiran IV.A.11)."
            ).format(nip=nip, period=period),
        )


class DecisionStands(KinerjaError):
    """The objection to the rating was decided, and the result stands as decided."""

    code = "decision-stands"
    exit = Exit.REFUSED

    def __init__(self, one: Objection, name: str, predikat: str) -> None:
        super().__init__(
            _(
                "Objection {number} of {name} in {period} was decided on {day} ({decision}), so that the result "
                "stands: {predikat}."
            ).format(
                number=one.id,
                name=name,
                period=one.period_code,
                day=one.decided_on,
                decision=_(DECISION_LABELS[one.state]),
                predikat=predikat,
            ),
            _(
                "The regulation knows no further appeal (PermenPANRB 6/2022 Lampiran V.B). Only a decision that was "
                "written down wrongly is taken back and recorded anew: `kinerja history --nip {nip}` shows its number, "
                "`kinerja undo OPERATION` takes it back."
            ).format(nip=one.nip),
        )
