"""What is to be asked and said about ratings that came in sheets, at the places where they stand."""

from collections.abc import Iterator, Mapping

from kinerja_cli.actions.rated_anew import RatedAnew
from kinerja_cli.actions.score_matching import Matched
from kinerja_cli.actions.year_parts import load_parts_of
from kinerja_cli.domain import rating_problems
from kinerja_cli.domain.rating_window import RatingWindow
from kinerja_cli.domain.regulation import Regulation
from kinerja_cli.domain.staff import Employee
from kinerja_cli.domain.year_parts import judge_parts
from kinerja_cli.errors import Problem
from kinerja_cli.storage.store import Connection


def asked_of_years(
    matched: Matched, connection: Connection, staff: Mapping[str, Employee], regulation: Regulation
) -> Iterator[Problem]:
    """What is to be asked about new annual ratings beside the months or quarters of the year, at their cells."""
    parts = load_parts_of(connection, {new.nip: new for _entry, new in matched.rated})
    for entry, new in matched.rated:
        yield from judge_parts(
            entry.predikat,
            parts.get(new.nip, ()),
            name=staff[new.nip].display_name,
            note=new.note,
            label=regulation.predikat_label,
            place=entry.place("hasil" if regulation.numeric is None else "skp"),
        )


def tell_elsewhere(matched: Matched, anew: RatedAnew) -> Iterator[Problem]:
    """Of whom a new rating is that of another unit or assessor than the one before, at their rows."""
    for entry, old, new in matched.anew:
        yield from anew.told(old, new, entry.place("nip"))


def tell_early(matched: Matched, window: RatingWindow) -> Iterator[Problem]:
    """That new ratings come before the evaluation has begun, told once of each sheet."""
    sheets = {(entry.source.file, entry.source.sheet): entry for entry, _new in matched.rated}
    for entry in sheets.values():
        yield rating_problems.RATED_EARLY.at(entry.source.place(), value=window.opens, period=window.period)
