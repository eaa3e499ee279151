"""Whatever command writes, undoing it gives the state before: every command of the tree, one by one and in a row.

The commands are read from the tree: whoever adds one that writes has to say here how it is tried.
"""

import inspect
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kinerja_cli.cli.app import COMMANDS
from tests.builders import ANI, BUDI, CITRA, HEAD, PEOPLE, Kinerja, recap, roster, workbook
from tests.cli.kept import opened_in_time
from tests.cli.stored import dangling, folded, last, live, schema, state

Words: TypeAlias = Sequence[str]

QUARTER = "2025-Q1"
GOOD = ("--hasil", "sesuai", "--perilaku", "sesuai")
DEDI = "198803032012121003"
NEW_PEOPLE = (
    *PEOPLE[:2],
    (
        "199207082019031015",
        "BUDI HARTO",
        "M",
        "III/b",
        "Fungsional",
        "PERAWAT MUDA",
        "",
        "U3",
        "BIDANG P2P",
        "U1",
        "Aktif",
    ),
    (DEDI, "DEDI", "M", "III/a", "Fungsional", "PERAWAT", "", "U3", "BIDANG P2P", "U1", "Aktif"),
)
"""A roster in which one has moved to a new unit, one has come, and one is missing."""

NO_OPERATION = {"score sheets", "db upgrade", "backup create", "backup restore"}
"""They take --dry-run and write, but nothing that an operation could take back."""

OTHERWISE = {"init", "period close", "period reopen", "retention apply"}
"""What is refused, with the way to do it otherwise."""

RATED = [
    (BUDI, "BUDI", "Sesuai Ekspektasi", "Sesuai Ekspektasi", "Baik"),
    (CITRA, "CITRA DEWI", "Diatas Ekspektasi", "Sesuai Ekspektasi", "Baik"),
]
SHEET = [(BUDI, "Diatas Ekspektasi", "Sesuai Ekspektasi"), (CITRA, "Sesuai Ekspektasi", "Sesuai Ekspektasi")]
HOLIDAYS = [("2026-05-08", "Hari Jadi", "Libur"), ("2026-05-15", "Buka", "Kerja")]
FEEDBACK = [(BUDI, "rekan", "Ramah"), (ANI, "rekan", "Baik")]
FILES: dict[str, Callable[[Path], Path]] = {
    "new.xlsx": lambda path: roster(path, NEW_PEOPLE),
    "recap.xlsx": lambda path: recap(path, RATED, period="Periode Triwulan 1 Tahun 2025"),
    "holidays.xlsx": lambda path: workbook(path, [("Tanggal", "Keterangan", "Jenis"), *HOLIDAYS]),
    "feedback.xlsx": lambda path: workbook(path, [("NIP", "Dari", "Umpan Balik"), *FEEDBACK]),
    "sheets.xlsx": lambda path: workbook(path, [("NIP", "Rating Hasil Kerja", "Rating Perilaku Kerja"), *SHEET]),
    "units.xlsx": lambda path: workbook(path, [("Kode Unit", "Predikat"), ("U1", "Baik"), ("U2", "Istimewa")]),
}
"""Files that commands are given, by the name under which they stand below."""

RECORD: Words = ("score", "record", BUDI, QUARTER, *GOOD, "--rated-on", "2025-04-03")
FILE: Words = ("objection", "file", BUDI, QUARTER, "--received", "2025-07-07", "--filed", "2025-07-10", "--reason", "x")
LATE: Words = ("--received", "2025-04-20", "--filed", "2025-08-10", "--record-anyway", "--reason", "x")
DECIDED: Words = ("--hasil", "diatas", "--perilaku", "diatas", "--explanation", "x")
NOT_RATED: Words = ("--hasil", "sesuai", "--perilaku", "dibawah", "--rated-on", "2025-04-03", "--study-failed")
CARRIED: Words = ("score", "record", BUDI, "2025-Q2", "--carry", QUARTER, "--note", "Disepakati")
MOVED: list[Words] = [
    RECORD,
    ("staff", "set", BUDI, "--unit", "U1", "--since", "2025-05-01"),
    ("period", "open", "2025-Q2"),
]
GONE: Words = ("staff", "set", CITRA, "--status", "retired", "--since", "2025-02-01")
GONE_LATER: Words = (*GONE[:-1], "2025-02-15")
BEGUN: Words = ("--from", "2025-01-01")
ENDED: Words = ("--end", "2025-02-28")
LIST: Words = ("settings", "holidays", "import", "holidays.xlsx")

SETUPS: dict[str, list[Words]] = {
    "undo": [RECORD],
    "score dates": [RECORD],
    "objection file": [RECORD],
    "objection decide": [RECORD, FILE],
    "settings holidays remove": [LIST],
    " ".join(CARRIED): MOVED,
    " ".join(GONE_LATER): [GONE],
    " ".join(("score", "record", BUDI, QUARTER, *NOT_RATED)): [("staff", "set", BUDI, "--status", "study")],
    " ".join(("staff", "delegate", ANI, *ENDED)): [("staff", "delegate", ANI, "--to", HEAD, *BEGUN)],
    " ".join(("staff", "exclude", CITRA, *ENDED)): [("staff", "exclude", CITRA, "--reason", "MPP", *BEGUN)],
    " ".join(("unit", "acting", "U2", *ENDED)): [("unit", "acting", "U2", "--nip", CITRA, *BEGUN)],
    f"score import sheets.xlsx --period {QUARTER} --rated-on 2025-04-03": [RECORD],
    "period open 2025-Q1 --late-joiners": [("staff", "import", "new.xlsx")],
}
"""What has to be there before a command can be tried, by its name or by all its words."""

TRIED: dict[str, list[Words]] = {
    "settings set": [("settings", "set", "window_days", "20"), ("settings", "set", "regulation", "pp-30-2019")],
    "settings holidays import": [LIST],
    "settings holidays remove": [("settings", "holidays", "remove", "2026-05-08")],
    "staff import": [
        ("staff", "import", "new.xlsx"),
        ("staff", "import", "new.xlsx", "--leavers", "retire"),
        ("staff", "import", "new.xlsx", "--map", "unit=UNOR NAMA", "--save-map", "kami"),
    ],
    "staff set": [
        ("staff", "set", BUDI, "--unit", "U1", "--since", "2025-02-01"),
        GONE,
        ("staff", "set", BUDI, "--assessor", HEAD),
        ("staff", "set", ANI, "--position", "PERAWAT", "--position-type", "pelaksana", "--rank", "III/d"),
        GONE_LATER,
    ],
    "staff delegate": [
        ("staff", "delegate", ANI, "--to", HEAD, "--from", "2025-01-01"),
        ("staff", "delegate", ANI, "--to", HEAD, "--for", BUDI, "--from", "2025-01-01", "--until", "2025-12-31"),
        ("staff", "delegate", ANI, *ENDED),
    ],
    "staff exclude": [("staff", "exclude", CITRA, "--reason", "MPP", *BEGUN), ("staff", "exclude", CITRA, *ENDED)],
    "unit set": [
        ("unit", "set", "U2", "--head", CITRA, "--since", "2025-02-01"),
        ("unit", "set", "U2", "--name", "BIDANG LAIN", "--work-days", "6"),
        ("unit", "set", "U9/x", "--name", "BIDANG BARU", "--parent", "U1"),
        ("unit", "set", "U2", "--parent", "-", "--head", "-"),
    ],
    "unit acting": [
        ("unit", "acting", "U2", "--nip", CITRA, "--kind", "plt", "--from", "2025-01-01"),
        ("unit", "acting", "U2", *ENDED),
    ],
    "unit rate": [
        ("unit", "rate", QUARTER, "U2", "baik", "--issued", "2025-04-02"),
        ("unit", "rate", "2023", "U1", "istimewa"),
        ("unit", "rate", QUARTER, "--from", "units.xlsx"),
    ],
    "unit justify": [("unit", "justify", QUARTER, "U2", "--reason", "Seluruh target tercapai")],
    "period open": [
        ("period", "open", "2025"),
        ("period", "open", "2025-Q2", "--unit", "U2"),
        ("period", "open", QUARTER, "--late-joiners"),
    ],
    "period rollover": [
        ("period", "rollover", "--as-of", "2026-02-03"),
        ("period", "rollover", "--as-of", "2025-02-03"),
    ],
    "score record": [
        RECORD,
        ("score", "record", CITRA, QUARTER, "--hasil", "diatas", "--perilaku", "diatas", "--late"),
        ("score", "record", BUDI, QUARTER, *NOT_RATED),
        CARRIED,
    ],
    "score import": [
        ("score", "import", "recap.xlsx", "--rated-on", "2025-04-03"),
        ("score", "import", "sheets.xlsx", "--period", QUARTER, "--rated-on", "2025-04-03"),
    ],
    "score dates": [("score", "dates", QUARTER, "--nip", BUDI, "--signed", "2025-04-08")],
    "objection file": [FILE, ("objection", "file", BUDI, QUARTER, *LATE)],
    "objection decide": [
        ("objection", "decide", "1", "--upheld", "--explanation", "x", "--date", "2025-07-12"),
        ("objection", "decide", "1", "--changed", *DECIDED),
    ],
    "feedback add": [("feedback", "add", BUDI, "--from", "rekan", "--text", "Ramah", "--date", "2025-02-03")],
    "feedback import": [("feedback", "import", "feedback.xlsx")],
    "undo": [("undo", "LAST", "--yes")],
}
"""Every command that writes, and how it is tried."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the store is kept that each command is tried on."""
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def begun(kinerja: Kinerja, made: Path) -> Kinerja:
    """A small agency with a quarter that is open and in time."""
    kept = made / "kept.db"
    if not kept.exists():
        kinerja.begin()
        kinerja.json("period", "open", QUARTER)
        opened_in_time(kinerja, QUARTER)
        shutil.copy(kinerja.db, kept)
    shutil.copy(kept, kinerja.db)
    return kinerja


def writing() -> set[str]:
    """The commands that take --dry-run, which every command that writes does."""
    return {
        " ".join(filter(None, (entry.group, entry.name)))
        for entry in COMMANDS
        if "dry_run" in inspect.signature(entry.function).parameters
    }


def run(kinerja: Kinerja, words: Words) -> list[int]:
    """Run a command, and tell which operations it was; refused or without effect it was none."""
    before = last(kinerja)
    given = [str(before) if word == "LAST" else _file(kinerja, word) for word in words]
    kinerja(*given)
    return list(range(before + 1, last(kinerja) + 1))


def _file(kinerja: Kinerja, word: str) -> str | Path:
    """A word, or the file of that name."""
    if word not in FILES:
        return word
    path = kinerja.folder / word
    return path if path.exists() else FILES[word](path)


def undo(kinerja: Kinerja, operation: int) -> None:
    ran = kinerja("undo", str(operation), "--yes")
    assert ran.code == 0, ran.err


def test_every_command_that_writes_is_tried_here() -> None:
    assert TRIED.keys() | NO_OPERATION | OTHERWISE == writing()


@pytest.mark.parametrize(("name", "words"), [(name, words) for name, all_ in TRIED.items() for words in all_])
def test_doing_and_undoing_leaves_everything_as_it_was(begun: Kinerja, name: str, words: Words) -> None:
    for setup in SETUPS.get(" ".join(words), SETUPS.get(name, ())):
        assert run(begun, setup)
    before, shape = state(begun), schema(begun)
    operations = run(begun, words)
    done = state(begun)
    assert operations
    assert done != before

    for operation in reversed(operations):
        undo(begun, operation)
    assert state(begun) == before
    assert schema(begun) == shape

    for operation in range(last(begun), operations[-1], -1):
        undo(begun, operation)
    assert state(begun) == done
    assert begun("audit", "verify").code == 0


def test_a_closing_is_undone_by_reopening(begun: Kinerja) -> None:
    before = state(begun)
    (closing,) = run(begun, ("period", "close", QUARTER, "--allow-unrated"))
    ran = begun("undo", str(closing), "--yes", "--format", "json")
    assert (ran.code, ran.error["code"]) == (5, "undo-never")
    assert f"kinerja period reopen {QUARTER} --reason" in ran.error["hint"]
    assert run(begun, ("period", "reopen", QUARTER, "--reason", "x"))
    assert state(begun) == before


STEPS = [words for name, all_ in TRIED.items() if name not in ("undo", "period rollover") for words in all_]


@given(chosen=st.lists(st.sampled_from(STEPS), min_size=2, max_size=4))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_in_reverse_order_leads_back_through_every_state(
    begun: Kinerja, made: Path, chosen: list[Words]
) -> None:
    shutil.copy(made / "kept.db", begun.db)
    states = {last(begun): state(begun)}
    for words in chosen:
        run(begun, words)
        states[last(begun)] = state(begun)

    for operation in range(max(states), min(states), -1):
        undo(begun, operation)
        assert state(begun) == states.get(operation - 1, state(begun))


@given(data=st.data())
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_in_any_order_is_done_whole_or_refused(begun: Kinerja, made: Path, data: st.DataObject) -> None:
    shutil.copy(made / "kept.db", begun.db)
    first = last(begun) + 1
    for words in data.draw(st.lists(st.sampled_from(STEPS), min_size=2, max_size=4), "steps"):
        run(begun, words)
    for _round in range(4):
        chosen = data.draw(st.integers(min(2, first), last(begun)), "undo")
        before = begun.snapshot()
        ran = begun("undo", str(chosen), "--yes")
        assert ran.code in (0, 5), ran.err
        assert (begun.snapshot() == before) is (ran.code == 5)
        assert dangling(begun) == []
    for operation in range(last(begun), first - 1, -1):
        assert begun("undo", str(operation), "--yes").code in (0, 5)
    assert dangling(begun) == []
    assert folded(begun) == live(begun)
