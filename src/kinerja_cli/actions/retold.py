"""What is told of a result besides how it came out: final, carried over, the parts of its year, objections to it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from gettext import gettext as _

from kinerja_cli.domain.finality import FINAL_LABELS
from kinerja_cli.domain.regulation import Regulation
from kinerja_cli.storage.store.appraisals import Appraisal


def followed(
    regulation: Regulation,
    appraisal: Appraisal,
    parts: Mapping[str, str | None],
    objections: Sequence[Mapping[str, object]],
    *,
    source_final: bool = False,
    out: Collection[str] = (),
) -> Iterator[str]:
    """The sentences that come after the steps to a predikat.

    `source_final` says that a result carried over was final where it came from; `out` are the parts of the year that
    the person was out of.
    """
    if appraisal.carried_from is not None:
        yield _(
            "The result was carried over from {period}, as both units agreed (PermenPANRB 6/2022 Lampiran IV.A.13)."
        ).format(period=appraisal.carried_from)
        if source_final and not appraisal.final:
            yield _(
                "There it was final. Here it can be objected to: it was agreed on anew, and nobody whose rating is "
                "final rated in this period (Lampiran IV.A.11-12)."
            )
    if appraisal.final_rule in FINAL_LABELS:
        yield _("The result is final: {why}.").format(why=_(FINAL_LABELS[appraisal.final_rule]))
    if parts:
        yield _(
            "Beside it stand {parts}; an annual predikat is never computed from them (PermenPANRB 6/2022 Pasal 25)."
        ).format(parts=parts_told(regulation, parts, out))
    for one in objections:
        yield objection_told(one, regulation)


def parts_told(regulation: Regulation, parts: Mapping[str, str | None], out: Collection[str]) -> str:
    """The parts of a year with their predikat, in one line; `out` are those that the person was out of."""
    unrated = {code: _("out") if code in out else _("not rated") for code in parts}
    return ", ".join(
        f"{code} {unrated[code] if value is None else regulation.predikat_label(value)}"
        for code, value in parts.items()
    )


def objection_told(one: Mapping[str, object], regulation: Regulation) -> str:
    """One objection in a sentence; `one` is what lists of objections show."""
    late = _(" (late)") if one["late"] else ""
    if one["state"] == "open":
        return _("Objection {number} of {filed}{late} waits for its decision, due by {day}.").format(
            number=one["id"], filed=one["filed"], late=late, day=one["decide_by"]
        )
    decided_late = _(" (late)") if one["decided_late"] else ""
    if one["state"] == "upheld":
        return _("Objection {number} of {filed}{late}: upheld on {day}{decided_late}.").format(
            number=one["id"], filed=one["filed"], late=late, day=one["decided"], decided_late=decided_late
        )
    return _("Objection {number} of {filed}{late}: changed on {day}{decided_late}, from {before} to {after}.").format(
        number=one["id"],
        filed=one["filed"],
        late=late,
        day=one["decided"],
        decided_late=decided_late,
        before=regulation.predikat_label(str(one["predikat"])),
        after=regulation.predikat_label(str(one["new_predikat"])),
    )
