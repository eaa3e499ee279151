"""A store and the plain model beside each other: every deed is done to both, and both have to come to the same."""

import copy
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import ClassVar, Final

from hypothesis.stateful import RuleBasedStateMachine

from kinerja_cli.actions.agency import init_agency, set_setting
from kinerja_cli.actions.roster_import import import_roster
from kinerja_cli.actions.staff import set_employee
from kinerja_cli.errors import KinerjaError
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from kinerja_cli.workbooks.read import Purpose, read_sheets
from tests.builders import SIASN
from tests.faults.model import A_DAY, PARENTS, Line, Model, Spell, term
from tests.faults.model_life import Life

FIRST: Final = date(2026, 1, 5)
CADENCES: Final = {"Q": ("quarterly", "same"), "QM": ("quarterly", "monthly"), "MQ": ("monthly", "quarterly")}
ORIGIN: Final = Origin("2026-01-05T01:00:00+00:00", "admin@bkd")
WORDS: Final = {
    "active": "Aktif", "study": "Tugas Belajar", "cltn": "CLTN", "retired": "Pensiun", "transferred": "Pindah Instansi",
}  # fmt: skip
_PEOPLE: Final = (
    ("197501012000011001", "U1", "administrator"), ("198001012005011001", "U2", "pengawas"),
    ("198101012006011001", "U3", "pengawas"), ("199001012015011001", "U1", "pelaksana"),
    ("199101012016011001", "U2", "pelaksana"), ("199201012017011001", "U3", "pelaksana"),
    ("199301012024211001", "U2", "pelaksana"),
)  # fmt: skip
_LETTERS: Final = "ABCDEFGHIJ"
PART_TIMER: Final = _PEOPLE[-1][0]
_APPRAISAL: Final = (
    "SELECT period_code, nip, unit_code, assessor_nip, assessor_rule, out_on, out_reason, hasil, perilaku, predikat,"
    " rated_by, final, final_rule FROM appraisal"
)


def prepare(folder: Path) -> None:
    """The store of each kind of agency, with its first roster and nothing else."""
    for name, (cadence, part_time) in CADENCES.items():
        db = folder / f"{name}.db"
        store = init_agency(str(db), ORIGIN, {"agency": "Kota Contoh", "cadence": cadence}, today=FIRST)
        set_setting(store, "part_time_cadence", part_time)
        people = "".join(row_of(nip, unit, post, "active") for nip, unit, post in _PEOPLE)
        import_roster(store, read_sheets(roster_file(folder, people), Purpose.ROSTER), today=FIRST)
        set_employee(store, PART_TIMER, employment="pppk_paruh_waktu", today=FIRST)


def row_of(nip: str, unit: str, post: str, standing: str) -> str:
    position = "ARSIPARIS" if post == "pelaksana" else "KEPALA"
    word = "PPPK Aktif" if nip[12:14] == "21" and standing == "active" else WORDS[standing]
    cells = (
        nip,
        "ORANG " + "".join(_LETTERS[int(one)] for one in nip[2:6] + nip[15:]),
        "M",
        "",
        post,
        position,
        "",
        unit,
        f"UNIT {unit}",
        PARENTS[unit] or "",
    )
    return ",".join((*cells, word)) + "\n"


def roster_file(folder: Path, rows: str) -> Path:
    path = folder / "roster.csv"
    path.write_text(",".join(SIASN) + "\n" + rows)
    return path


class Agreement(RuleBasedStateMachine):
    """A store, what the model makes of the same deeds, and the promise that they agree."""

    folder: ClassVar[Path]
    steps: ClassVar[Counter[str]] = Counter()
    refused: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.model = Life(FIRST)
        self.frozen: dict[str, set[tuple[object, ...]]] = {}
        self.operations = 0

    def make(self, kind: str) -> None:
        """The store and the model of an agency with a roster and no period yet."""
        path = copyfile(self.folder / f"{kind}.db", self.folder / "kinerja.db")
        self.store = Store.open(str(path), ORIGIN)
        self.model = Life(FIRST, kind[0], kind[1:])
        for nip, unit, post in _PEOPLE:
            self.model.arrive(nip, unit, post, "pppk_paruh_waktu" if nip == PART_TIMER else "pns")
        self.model.recognise({}, FIRST)
        self._agree()

    def person(self, which: int) -> str:
        """Somebody of the agency."""
        people = sorted(self.model.people)
        return people[which % len(people)]

    def period(self, which: int, *, known: bool = False) -> str:
        """A period: one that begins soon at the latest, or mostly one that there is."""
        if known and which % 16:
            codes = sorted(self.model.terms)
        else:
            years = range(FIRST.year, self.model.today.year + 1)
            parts = ["", *(f"-Q{n}" for n in range(1, 5)), *(f"-{n:02}" for n in range(1, 13))]
            codes = [f"{year}{part}" for year in years for part in parts]
            codes = [code for code in codes if term(code).starts <= self.model.today + 40 * A_DAY]
        return codes[which % len(codes)]

    def open_terms(self) -> list[str]:
        """The periods that are open."""
        return sorted(code for code, one in self.model.terms.items() if one.state == "open")

    def count(self, name: str) -> None:
        """Note a step of some kind."""
        self.steps[name] += 1

    def do(
        self, name: str, expect: Callable[[Life], str], run: Callable[[date], int | None], dry_run: bool = False
    ) -> None:
        """Do one thing to the model and to the store: refused by both for the same reason, or with the same result."""
        model = copy.deepcopy(self.model)
        wanted, got, seq = expect(model), "", None
        before = self.store.path.read_bytes()
        self.store.origin = replace(ORIGIN, at=f"{self.model.today}T01:00:00+00:00")
        try:
            seq = run(self.model.today)
        except KinerjaError as error:
            got = error.code
        assert got == wanted
        if got or dry_run:
            assert seq is None
            assert self.store.path.read_bytes() == before
        else:
            self.model = model
        if got:
            self.refused[got] += 1
        self.count(f"{name}, dry run" if dry_run else f"{name}, refused" if got else name)
        self._agree(seq)

    def _agree(self, seq: int | None = None) -> None:
        """The store has the periods, the people in them and the objections that the model has."""
        with closing(sqlite3.connect(self.store.path)) as connection:
            rows = set(connection.execute(_APPRAISAL))
            states = dict(connection.execute("SELECT code, state FROM period"))
            heads = set(connection.execute("SELECT period_code, unit_code, head_nip FROM period_unit"))
            decided = list(connection.execute("SELECT nip, period_code, decision FROM objection ORDER BY id"))
            numbers = [one for (one,) in connection.execute("SELECT seq FROM operation ORDER BY seq")]
        terms = self.model.terms
        assert states == {code: one.state for code, one in terms.items()}
        assert rows == {
            (
                code, nip, row.unit, row.assessor, row.rule, None if row.out_on is None else row.out_on.isoformat(),
                row.out_reason, row.hasil, row.perilaku, row.predikat, row.rated_by, int(row.final_rule is not None),
                row.final_rule,
            )
            for code, one in terms.items()
            for nip, row in one.rows.items()
        }  # fmt: skip
        assert heads == {(code, unit, nip) for code, one in terms.items() for unit, nip in one.heads.items()}
        assert decided == [(one.nip, one.code, one.decision) for one in self.model.complaints]
        assert numbers == list(range(1, len(numbers) + 1))
        assert seq is None or self.operations < seq == len(numbers)
        self.operations = len(numbers)
        closed = {code: {row for row in rows if row[0] == code} for code in states if states[code] == "closed"}
        for code in closed.keys() & self.frozen.keys():
            assert closed[code] == self.frozen[code]
        self.frozen = closed


def followed(model: Life, before: Model) -> str:
    """Open periods follow where anything of people, heads or arrangements is another now; nothing is refused."""
    if _facts(model) != _facts(before):
        model.follow_all()
    return ""


def arranged(model: Life, before: Model, known: list[Spell], new: Spell) -> str:
    """Something is arranged for a time, where nothing else of the kind holds on any of the days."""
    if any(one.about == new.about and one.meets(new) and one != new for one in known):
        return "arrangement-overlaps"
    if new not in known:
        known.append(new)
    return followed(model, before)


def _facts(model: Model) -> tuple[object, ...]:
    """Everything that decides about periods."""
    lines: list[Line] = [*model.held.values()]
    for one in model.people.values():
        lines += [one.standing, one.unit]
    return [line.steps for line in lines], model.named, sorted(model.acting, key=repr), sorted(model.excluded, key=repr)
