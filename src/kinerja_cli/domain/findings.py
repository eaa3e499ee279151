"""One thing in which a recap and the store disagree: with both sides, its place, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from kinerja_cli.domain.personnel import is_appraised
from kinerja_cli.domain.rating_cells import Verdict
from kinerja_cli.domain.recaps import RecapEntry
from kinerja_cli.domain.regulation import Regulation
from kinerja_cli.domain.units import SEPARATOR, UnitTree
from kinerja_cli.errors import Problem, ProblemKind, Severity

NO_RATING: Final = Verdict()
"""What somebody has who is not rated."""


Standing = Literal["left", "excluded", "objected", "decided", "late"]
"""Why no import takes another rating of somebody than the one on record, or than none."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One person as the store has them; `verdict` is their rating in the period, empty where there is none.

    `taking_part` says whether they are in the period; where it was never opened, whether they are in service.
    `standing` says why what is on record stands, with the facts of it.
    """

    nip: str
    name: str
    display_name: str
    status: str
    unit_code: str | None
    assessor_nip: str | None
    taking_part: bool
    verdict: Verdict = NO_RATING
    standing: Standing | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_out(self) -> bool:
        """Whether they were out before the end of the period, so that nobody waits for a rating."""
        return self.standing in ("left", "excluded")

    @property
    def expected(self) -> bool:
        """Whether e-Kinerja should have a rating of them."""
        return self.taking_part and not self.is_out and is_appraised(self.status)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in which recap and store disagree, with what either says; `people` where it is about a unit."""

    problem: Problem
    nip: str | None = None
    name: str | None = None
    unit_store: str | None = None
    unit_recap: str | None = None
    assessor_store: str | None = None
    assessor_recap: str | None = None
    predikat_store: str | None = None
    predikat_recap: str | None = None
    people: int | None = None
    also: str = ""

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.problem.severity

    @property
    def code(self) -> str:
        """The stable slug of its kind."""
        return self.problem.code

    def as_dict(self) -> dict[str, object]:
        """The keys promised to scripts."""
        place = self.problem.place
        return {
            "severity": str(self.severity),
            "code": self.code,
            "nip": self.nip,
            "name": self.name,
            "unit_store": self.unit_store,
            "unit_recap": self.unit_recap,
            "assessor_store": self.assessor_store,
            "assessor_recap": self.assessor_recap,
            "predikat_store": self.predikat_store,
            "predikat_recap": self.predikat_recap,
            "people": self.people,
            "file": place.file,
            "sheet": place.sheet,
            "row": place.row,
            "column": place.column,
            "message": f"{self.problem.message} {self.also}".rstrip(),
            "fix": self.problem.fix,
        }


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows: people by NIP, the units, and what the period is.

    `opened` says whether it ever was, `closed` whether it has to be opened again before a rating can be taken in.
    """

    people: Mapping[str, Kept]
    tree: UnitTree
    regulation: Regulation
    period: str
    opened: bool
    agency: str = ""
    closed: bool = False


class Findings:
    """Findings as they are made, beside what the store knows."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.made: list[Finding] = []
        tops = [unit for unit in known.tree.units.values() if unit.parent_code not in known.tree.units]
        self._top = tops[0] if len(tops) == 1 else None

    def path(self, code: str | None) -> str:
        """The names of a unit and those above it; the one unit above all of them goes without saying."""
        line = self.known.tree.line(code)
        if len(line) > 1 and line[-1] is self._top:
            line = line[:-1]
        return SEPARATOR.join(unit.name for unit in reversed(line))

    def say(
        self,
        kind: ProblemKind,
        person: Kept | None,
        entry: RecapEntry,
        *,
        field: str,
        value: str | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        """A finding about a row."""
        told = {"name": called(person, entry), **(facts or {})}
        self.tell(kind.at(entry.place(field), field=field, value=value, **told), person, entry)

    def tell(self, problem: Problem, person: Kept | None, entry: RecapEntry | None, *, also: str = "") -> None:
        """A finding with what both sides say."""
        path = "" if person is None else self.path(person.unit_code)
        self.made.append(
            Finding(
                problem,
                nip=person.nip if person is not None else entry.nip if entry is not None else None,
                name=called(person, entry),
                unit_store=path or None,
                unit_recap=(entry.unit or None) if entry is not None else None,
                assessor_store=self.named(person.assessor_nip) if person is not None and person.assessor_nip else None,
                assessor_recap=(self.assessor_there(entry) or None) if entry is not None else None,
                predikat_store=person.verdict.predikat if person is not None else None,
                predikat_recap=entry.predikat if entry is not None else None,
                also=also,
            )
        )

    def named(self, nip: str | None) -> str:
        """Somebody by name and NIP."""
        person = self.known.people.get(nip or "")
        return (nip or "") if person is None else f"{person.display_name} ({nip})"

    def assessor_there(self, entry: RecapEntry) -> str:
        """The assessor as a row names them."""
        if entry.assessor_name and entry.assessor_nip:
            return f"{entry.assessor_name} ({entry.assessor_nip})"
        return entry.assessor_name or (self.named(entry.assessor_nip) if entry.assessor_nip else "")

    def spoken(self, verdict: Verdict) -> str:
        """A rating in one line: the two ratings, or the two values, and the predikat."""
        if verdict.predikat is None:
            return ""
        regulation = self.known.regulation
        if verdict.hasil is not None and verdict.perilaku is not None:
            parts = [regulation.rating_label(verdict.hasil), regulation.rating_label(verdict.perilaku)]
        else:
            parts = [f"{(number or 0) / 100:g}" for number in (verdict.skp, verdict.perilaku_score)]
        return f"{' / '.join(parts)} ({regulation.predikat_label(verdict.predikat)})"

    def in_order(self) -> list[Finding]:
        """The findings, the worst first, those alike together, by unit and name."""
        grave = {severity: at for at, severity in enumerate(Severity)}
        return sorted(
            self.made,
            key=lambda one: (
                grave[one.severity],
                one.code,
                one.unit_store or one.unit_recap or "",
                one.name or "",
                one.nip or "",
                one.problem.place.file or "",
                one.problem.place.row or 0,
            ),
        )


def called(person: Kept | None, entry: RecapEntry | None) -> str:
    """What somebody is called: as the store does, else as the recap does, else by the NIP."""
    if person is not None:
        return person.display_name
    return "" if entry is None else entry.name or entry.nip or ""
