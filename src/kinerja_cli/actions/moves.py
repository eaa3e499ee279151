"""Whose move it is in a period: who waits for which step, who must act, since when and until when."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from gettext import gettext as _
from typing import Final, Literal

from kinerja_cli.actions.lookup import require_period
from kinerja_cli.actions.period_steps import AgencyDay, PeriodSteps
from kinerja_cli.actions.rating_windows import window_of
from kinerja_cli.domain.moves import SHORT_LABELS, BackFilled, Move, moves_of
from kinerja_cli.errors import N_
from kinerja_cli.storage.store import Store
from kinerja_cli.storage.store.appraisals import Appraisal

By = Literal["assessor", "unit"]
"""Whose people stand together."""

_NOBODY: Final = N_("no assessor")


def missing(
    store: Store,
    period_code: str,
    *,
    as_of: date,
    unit: str | None = None,
    by: By = "assessor",
    every_step: bool = False,
) -> list[dict[str, object]]:
    """Everybody who is not rated yet, and who must act; with `every_step` also what is due or late after the rating.

    By assessor, those without one last; within that by unit and name.
    """
    with store.reading() as connection:
        steps = PeriodSteps(AgencyDay(connection, as_of), require_period(connection, period_code), unit)
        rows = [_row(steps, one, move) for one, move in moves_in(steps) if every_step or move.is_rating]
    rows.sort(key=_order(by))
    return rows


def is_closed(store: Store, period_code: str) -> bool:
    """Whether a period must be opened again before anybody can be rated in it."""
    with store.reading() as connection:
        return not require_period(connection, period_code).is_open


def moves_in(steps: PeriodSteps) -> Iterator[tuple[Appraisal, Move]]:
    """Every step that somebody in a period waits for."""
    window, as_of = window_of(steps.period), steps.day.as_of
    back_filled = BackFilled(window.opened) if window.is_back_filled else None
    for one, found in steps.judged(
        lambda facts, last_day: moves_of(facts, last_day, as_of=as_of, back_filled=back_filled)
    ):
        for move in found:
            yield one, move


def _row(steps: PeriodSteps, one: Appraisal, move: Move) -> dict[str, object]:
    """A step as lists show it; the keys of who owes the rating stand first."""
    unit = steps.units.get(one.unit_code or "")
    assessor, actor = steps.assessor(one), steps.actor(one, move.actor)
    short = steps.label(one, move.step, SHORT_LABELS[move.step], own=SHORT_LABELS["R2"])
    return {
        "assessor_nip": assessor.nip,
        "assessor": assessor.name or steps.day.words(_NOBODY),
        "nip": one.nip,
        "name": steps.day.name_of(one.nip),
        "unit_code": one.unit_code,
        "unit": None if unit is None else unit.name,
        "position": one.position,
        "step": move.step,
        "what": steps.day.words(steps.label(one, move.step, move.label)),
        "actor_nip": actor.nip,
        "actor": actor.name,
        "since": None if move.since is None else move.since.isoformat(),
        "until": None if move.until is None else move.until.isoformat(),
        "state": move.state,
        "short": steps.day.words(short),
        "unit_path": "" if unit is None else unit.path,
    }


def _order(by: By) -> Callable[[Mapping[str, object]], tuple[str, ...]]:
    """How the steps are ordered; where nobody with a NIP is the assessor, or nobody at all, after the others."""
    nobody = _(_NOBODY)

    def key(row: Mapping[str, object]) -> tuple[str, ...]:
        place = (str(row["unit_path"]), str(row["unit_code"] or "") if by == "unit" else "")
        own = (*place, str(row["name"]), str(row["nip"]), f"{row['step']:>3}", str(row["until"] or ""))
        if by == "unit":
            return own
        rank = "0" if row["assessor_nip"] is not None else "2" if row["assessor"] == nobody else "1"
        return (rank, str(row["assessor"]), str(row["assessor_nip"] or ""), *own)

    return key
