"""Lay the ratings of sheets beside the appraisals they are for: recorded, overwritten, unchanged, kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from kinerja_cli.domain import objection_problems, rating_problems, sheet_problems
from kinerja_cli.domain.failed_study import says_failed, without_study
from kinerja_cli.domain.finality import LATE, REGION_HEAD
from kinerja_cli.domain.names import split_titles
from kinerja_cli.domain.objections import DECISION_LABELS
from kinerja_cli.domain.personnel import is_standing, out_reason
from kinerja_cli.domain.rating_entries import RatingEntry
from kinerja_cli.domain.ratings import RECAP_LAYOUT, names_differ
from kinerja_cli.domain.seals import rating_digest
from kinerja_cli.domain.text import fold
from kinerja_cli.errors import Place, Problem, ProblemKind
from kinerja_cli.storage.store import Connection
from kinerja_cli.storage.store.appraisals import Appraisal
from kinerja_cli.storage.store.operations import last_raters

if TYPE_CHECKING:
    from kinerja_cli.domain.objections import Objection
    from kinerja_cli.domain.regulation import Regulation
    from kinerja_cli.domain.staff import Employee


@dataclass(slots=True)
class Matched:
    """Ratings beside the appraisals they are for.

    `rated` are the new ratings with what stands since, `overtaken` those that meet another rating on record;
    `by_hand` counts the new ones that no recap of e-Kinerja brought, `anew` are those of people who were rated before.
    """

    pairs: list[tuple[Appraisal, Appraisal]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rated: list[tuple[RatingEntry, Appraisal]] = field(default_factory=list)
    overtaken: list[tuple[ProblemKind, RatingEntry, Appraisal]] = field(default_factory=list)
    recorded: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    by_hand: int = 0
    anew: list[tuple[RatingEntry, Appraisal, Appraisal]] = field(default_factory=list)


def match_ratings(
    entries: Iterable[RatingEntry],
    appraisals: Mapping[str, Appraisal],
    staff: "Mapping[str, Employee]",
    code: str,
    *,
    objections: "Mapping[str, Objection]",
    regulation: "Regulation",
    in_step: Callable[[Appraisal], Appraisal],
) -> Matched:
    """Find whose rating each entry is, and what it changes; `objections` are those of the period by NIP.

    `in_step` gives an appraisal as it is to be rated: where the person counts by now, and rated by whom.
    """
    matched = Matched()
    names: Mapping[str, frozenset[str]] | None = None
    for entry in entries:
        person, old = staff.get(entry.nip), appraisals.get(entry.nip)
        if person is None or old is None:
            matched.rejected += 1
            matched.problems.append(stranger(entry.nip, person, code, entry.place("nip")))
            continue
        now = in_step(old) if entry.ratings != ratings_of(old) else old
        if now.is_out and entry.ratings != ratings_of(old):
            matched.rejected += 1
            matched.problems.append(_gone(now, entry, person, code))
            continue
        if entry.name_in_file != person.name and names_differ(entry.name_in_file, person.name):
            names = _names_of(appraisals, staff) if names is None else names
            others = names.get(fold(split_titles(entry.name_in_file)[1]), frozenset()) - {entry.nip}
            if others:
                matched.rejected += 1
                matched.problems.append(
                    _misnamed(rating_problems.NAME_OF_ANOTHER, entry, person, other=", ".join(sorted(others)))
                )
                continue
            # Where the row has its seal, a name that was changed has been told already.
            if entry.sent is None:
                matched.problems.append(_misnamed(rating_problems.NAME_DIFFERS, entry, person))
        if _is_new(entry, old):
            stands = _standing(old, entry, person, objections.get(entry.nip), regulation)
            if stands is not None:
                matched.rejected += 1
                matched.problems.append(stands)
                continue
            if says_failed(old.note):
                matched.problems.append(
                    rating_problems.STUDY_FAILED_LIFTED.at(
                        entry.place("nip"),
                        field="nip",
                        value=entry.nip,
                        nip=entry.nip,
                        name=person.display_name,
                        period=code,
                    )
                )
        _keep(matched, old, now, entry)
    return matched


def _gone(old: Appraisal, entry: RatingEntry, person: "Employee", code: str) -> Problem:
    """Tell that somebody was out before the end of the period."""
    reason = out_reason(old.out_reason)
    kind = rating_problems.LEFT_PERIOD
    if not is_standing(old.out_reason):
        kind = replace(kind, fix=rating_problems.LEFT_OUT)
    return kind.at(
        entry.place("nip"),
        field="nip",
        value=entry.nip,
        nip=entry.nip,
        name=person.display_name,
        period=code,
        day=old.out_on,
        reason=reason,
    )


def _misnamed(kind: ProblemKind, entry: RatingEntry, person: "Employee", **facts: str) -> Problem:
    """Tell that a row bears another name than the person has."""
    return kind.at(
        entry.place("name"),
        field="name",
        value=entry.name_in_file,
        nip=entry.nip,
        name=person.display_name,
        **facts,
    )


def _names_of(appraisals: Mapping[str, Appraisal], staff: "Mapping[str, Employee]") -> Mapping[str, frozenset[str]]:
    """The NIPs of the people of a period by their folded names."""
    names: dict[str, frozenset[str]] = {}
    for nip in appraisals:
        if nip in staff:
            name = fold(staff[nip].name)
            names[name] = names.get(name, frozenset()) | {nip}
    return names


def stranger(nip: str, person: "Employee | None", code: str, place: Place) -> Problem:
    """Tell that somebody is not on the roster, or takes no part in the period."""
    if person is None:
        return rating_problems.NIP_UNKNOWN.at(place, field="nip", value=nip)
    return rating_problems.NOT_IN_PERIOD.at(place, field="nip", value=nip, name=person.display_name, period=code)


def tell_overtaken(
    matched: Matched,
    connection: Connection,
    staff: "Mapping[str, Employee]",
    regulation: "Regulation",
) -> Iterable[Problem]:
    """Tell of each rating that meets a newer one what both say, and who gave the newer one."""
    nips = [entry.nip for _kind, entry, _old in matched.overtaken]
    code = matched.overtaken[0][2].period_code if matched.overtaken else ""
    raters = last_raters(connection, code, nips)
    for kind, entry, old in matched.overtaken:
        who = _("nobody on record")
        if entry.nip in raters:
            seq, actor = raters[entry.nip]
            who = _("operation {number} by {actor}").format(number=seq, actor=actor)
        yield kind.at(
            entry.place("hasil" if regulation.numeric is None else "skp"),
            field="hasil" if regulation.numeric is None else "skp",
            value=_spoken(entry.ratings, regulation),
            name=staff[entry.nip].display_name,
            known=_spoken(ratings_of(old), regulation),
            who=who,
        )


def ratings_of(appraisal: Appraisal) -> tuple[object, ...]:
    """The ratings of an appraisal alone, in the order in which a seal has them."""
    return (appraisal.hasil, appraisal.perilaku, appraisal.skp, appraisal.perilaku_score, appraisal.innovation)


def _spoken(ratings: tuple[object, ...], regulation: "Regulation") -> str:
    """Ratings as a sentence names them."""
    hasil, perilaku, skp, score, innovation = ratings
    if hasil is not None:
        return f"{regulation.rating_label(str(hasil))} / {regulation.rating_label(str(perilaku))}"
    if isinstance(skp, int) and isinstance(score, int):
        return f"{skp / 100:g} / {score / 100:g}" + (" + inovasi" if innovation else "")
    return _("not rated")


def _is_new(entry: RatingEntry, old: Appraisal) -> bool:
    """Whether an entry rates somebody, otherwise than what is on record."""
    return (*entry.ratings, entry.predikat) != (*ratings_of(old), old.predikat) and not entry.rated_as_sent


def _standing(
    old: Appraisal, entry: RatingEntry, person: "Employee", objection: "Objection | None", regulation: "Regulation"
) -> Problem | None:
    """Why the rating on record cannot be changed: by an objection, decided or not, or since the superior gave it."""
    field = "hasil" if regulation.numeric is None else "skp"
    place, value, known = entry.place(field), _spoken(entry.ratings, regulation), _spoken(ratings_of(old), regulation)
    if objection is not None and objection.is_open:
        return objection_problems.OBJECTION_OPEN.at(
            place, field=field, value=entry.nip, name=person.display_name, number=objection.id
        )
    if objection is not None:
        return objection_problems.DECISION_STANDS.at(
            place,
            field=field,
            value=value,
            name=person.display_name,
            number=objection.id,
            day=objection.decided_on,
            decision=_(DECISION_LABELS[objection.state]),
            known=known,
        )
    if old.final_rule == LATE:
        facts = {"name": person.display_name, "nip": entry.nip, "period": old.period_code, "known": known}
        return rating_problems.RATED_LATE.at(place, field=field, value=value, **facts)
    return None


def _keep(matched: Matched, old: Appraisal, now: Appraisal, entry: RatingEntry) -> None:
    """Count a rating as new, overwritten or unchanged; a note that the file does not give stays as it was.

    What nobody touched in a sheet since it was sent changes nothing, whatever is on record by now. Nor does what a
    file only repeats: to take it in twice changes nothing, also of somebody who moved in between.
    """
    said, known = (*entry.ratings, entry.predikat), (*ratings_of(old), old.predikat)
    note = old.note if entry.note is None or entry.noted_as_sent else entry.note
    if _is_new(entry, old):
        note = without_study(note)
    if entry.sent is not None and said != known and entry.sent.ratings != rating_digest(ratings_of(old)):
        kind = sheet_problems.KEPT_NEWER if entry.rated_as_sent else sheet_problems.OVERWRITES_NEWER
        matched.overtaken.append((kind, entry, old))
    rated = _is_new(entry, old)
    if rated and entry.source.layout != RECAP_LAYOUT:
        matched.by_hand += 1
    if rated and old.is_rated and entry.sent is None:
        matched.overtaken.append((rating_problems.RATING_OVERWRITTEN, entry, old))
    if not rated and note == old.note:
        matched.unchanged += 1
        return
    if old.is_rated:
        matched.changed += 1
    else:
        matched.recorded += 1
    new = replace(now if rated else old, note=note)
    if rated:
        by_region_head = now.assessor_rule == REGION_HEAD
        new = replace(
            new,
            hasil=entry.hasil,
            perilaku=entry.perilaku,
            skp=entry.skp,
            perilaku_score=entry.perilaku_score,
            innovation=None if entry.innovation is None else int(entry.innovation),
            predikat=entry.predikat,
            rated_by=None if by_region_head else now.assessor_nip,
            final=int(by_region_head),
            final_rule=REGION_HEAD if by_region_head else None,
            carried_from=None,
        )
        matched.rated.append((entry, new))
        if old.is_rated:
            matched.anew.append((entry, old, new))
    matched.pairs.append((old, new))
