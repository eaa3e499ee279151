"""Templates as they are handed out, left empty, and filled in by hand."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.actions.agency import init_agency
from kinerja_cli.actions.roster_import import import_roster
from kinerja_cli.actions.staff import export_staff
from kinerja_cli.domain.feedback import parse_aspect, parse_giver, parse_tone
from kinerja_cli.storage.ledger import Origin
from kinerja_cli.storage.store import Store
from kinerja_cli.workbooks.layouts import FEEDBACK_TEMPLATE, ROSTER_TEMPLATE
from kinerja_cli.workbooks.read import Purpose, read_sheets
from kinerja_cli.workbooks.templates import write_roster_template
from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja

EMPTY = "0 rows, nothing to do: the template is not filled in yet."


def head_of(page: Worksheet) -> tuple[int, list[str]]:
    """The row of the headings of a template, and what they are without the star of those to be filled in."""
    for number, row in enumerate(page.iter_rows(max_row=10, values_only=True), 1):
        if row[0] == "NIP":
            return number, [str(cell) for cell in row]
    raise LookupError(page.title)


def fill(template: Path, target: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """Type rows into the first sheet of a template, under the headings they name, and save it."""
    book = load_workbook(template)
    page = book.worksheets[0]
    head, headings = head_of(page)
    for number, row in enumerate(rows, head + 1):
        for heading, value in row.items():
            page.cell(number, headings.index(heading) + 1, value)  # type: ignore[call-overload]  # text and dates
    book.save(target)
    return target


def lists(template: Path) -> dict[str, tuple[str, ...]]:
    """The choices that each column of a template offers."""
    book = load_workbook(template)
    head, headings = head_of(book.worksheets[0])
    offered = {}
    for rule in book.worksheets[0].data_validations.dataValidation:
        if rule.type == "list":
            sheet, cells = str(rule.formula1).split("!")
            values = tuple(str(cell.value) for (cell,) in book[sheet.strip("'")][cells.replace("$", "")])
            first = next(iter(rule.sqref.ranges))
            assert first.min_row == head + 1
            offered[headings[first.min_col - 1]] = values
    return offered


@pytest.mark.parametrize("group", ["staff", "feedback"])
@pytest.mark.parametrize("language", ["en", "id"])
def test_an_untouched_template_is_nothing_to_do(
    agency: Kinerja, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: str, language: str
) -> None:
    monkeypatch.setenv("KINERJA_LANG", language)
    template = tmp_path / "template.xlsx"
    ran = agency(group, "template", "-o", template)
    assert (ran.code, ran.out) == (0, "")
    before = agency.snapshot()
    for more in ([], ["--dry-run"], ["--accept-valid"]):
        found = agency.json(group, "import", template, *more)
        assert (found["operation"], found["rows"], found["problems"]) == (None, 0, [])
        assert (found["added"], found["unchanged"], found["rejected"]) == (0, 0, 0)
    assert agency.snapshot() == before
    spoken = agency(group, "import", template)
    assert spoken.code == 0
    assert "left alone" not in spoken.err
    if language == "en":
        assert EMPTY in spoken.err


def test_an_untouched_roster_retires_nobody(agency: Kinerja, tmp_path: Path) -> None:
    agency("staff", "template", "-o", tmp_path / "t.xlsx")
    assert agency.json("staff", "import", tmp_path / "t.xlsx", "--leavers", "retire")["operation"] is None
    assert len(agency.json("staff", "list", "--status", "active")) == 4


def test_an_empty_template_does_not_excuse_a_foreign_file_without_rows(agency: Kinerja, tmp_path: Path) -> None:
    agency("feedback", "template", "-o", tmp_path / "t.xlsx")
    (tmp_path / "x.csv").write_text("NIP,Umpan Balik\n", encoding="utf-8")
    ran = agency("feedback", "import", tmp_path / "t.xlsx", tmp_path / "x.csv", "--format", "json")
    assert (ran.code, ran.error["code"]) == (3, "no-rows")
    assert "t.xlsx" not in ran.error["message"]


@pytest.mark.parametrize(
    ("made", "taken", "hint"),
    [
        ("feedback", "staff", "kinerja feedback import"),
        ("feedback", "score", "kinerja feedback import"),
        ("staff", "feedback", "kinerja staff import"),
    ],
)
def test_a_template_given_to_another_import_is_sent_to_its_own(
    agency: Kinerja, tmp_path: Path, made: str, taken: str, hint: str
) -> None:
    agency(made, "template", "-o", tmp_path / "t.xlsx")
    before = agency.snapshot()
    ran = agency(taken, "import", tmp_path / "t.xlsx", "--format", "json")
    assert (ran.code, ran.error["code"]) == (3, "purpose-other")
    assert hint in ran.error["hint"]
    assert agency.snapshot() == before


@pytest.mark.parametrize("group", ["staff", "feedback"])
def test_a_template_is_a_workbook_and_needs_no_store(kinerja: Kinerja, tmp_path: Path, group: str) -> None:
    assert kinerja(group, "template", "-o", tmp_path / "x.csv").code == 2
    assert kinerja(group, "template").code == 2
    assert kinerja(group, "template", "-o", tmp_path / "nowhere" / "x.xlsx").code == 4
    assert kinerja(group, "template", "-o", tmp_path / "x.xlsx").code == 0
    assert not kinerja.db.exists()
    assert (tmp_path / "x.xlsx").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("group", ["staff", "feedback"])
def test_every_column_explains_itself_beside_its_cells_and_on_its_own_sheet(
    kinerja: Kinerja, tmp_path: Path, group: str
) -> None:
    kinerja(group, "template", "-o", tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    page, guide = book.worksheets[0], book["Petunjuk"]
    template = ROSTER_TEMPLATE if group == "staff" else FEEDBACK_TEMPLATE
    headings = [heading for _, heading in template]
    explained = [str(row[0]) for row in guide.iter_rows(min_row=5, max_row=4 + len(headings), values_only=True)]
    assert explained == headings
    rules = page.data_validations.dataValidation
    assert [str(rule.promptTitle) for rule in rules] == headings
    assert all(rule.prompt and len(rule.prompt) <= 255 for rule in rules)
    assert page.column_dimensions["A"].number_format == "@"
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"][1] == "Petunjuk"


def test_what_can_be_chosen_is_understood(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja("feedback", "template", "-o", tmp_path / "f.xlsx")
    offered = lists(tmp_path / "f.xlsx")
    assert len({parse_giver(text) for text in offered["Dari"]} - {None}) == len(offered["Dari"]) == 5
    assert len({parse_aspect(text) for text in offered["Aspek"]} - {None}) == len(offered["Aspek"]) == 8
    assert len({parse_tone(text) for text in offered["Sifat"]} - {None}) == len(offered["Sifat"]) == 3
    kinerja("staff", "template", "-o", tmp_path / "s.xlsx")
    ranks = lists(tmp_path / "s.xlsx")["Golongan"]
    assert {"I/a", "IV/e", "V", "XVII"} <= set(ranks)


def test_the_units_there_are_can_be_chosen(agency: Kinerja, tmp_path: Path) -> None:
    agency("staff", "template", "-o", tmp_path / "s.xlsx")
    offered = lists(tmp_path / "s.xlsx")
    assert offered["Unit Kerja"] == offered["Unit Induk"] == ("DINAS KESEHATAN", "BIDANG PELAYANAN")
    page = load_workbook(tmp_path / "s.xlsx")["Unit"]
    assert [row for row in page.iter_rows(min_row=5, values_only=True)] == [
        ("U1", "DINAS KESEHATAN", None),
        ("U2", "BIDANG PELAYANAN", "DINAS KESEHATAN"),
    ]


def test_the_people_of_a_unit_stand_beside_to_copy_from(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("staff", "set", CITRA, "--status", "retired")
    assert agency("feedback", "template", "-o", tmp_path / "f.xlsx", "--unit", "u2").code == 0
    page = load_workbook(tmp_path / "f.xlsx")["Pegawai"]
    people = [row[:2] for row in page.iter_rows(min_row=5, values_only=True)]
    assert people == [(ANI, "ANI LESTARI"), (BUDI, "BUDI")]
    assert agency.json("feedback", "import", tmp_path / "f.xlsx")["rows"] == 0
    assert agency("feedback", "template", "-o", tmp_path / "g.xlsx", "--unit", "U9").code == 4
    assert not (tmp_path / "g.xlsx").exists()


@pytest.mark.parametrize("period", ["2026-Q1", "2026", "2026-03"])
def test_a_template_for_a_period_wants_days_of_it(agency: Kinerja, tmp_path: Path, period: str) -> None:
    agency("feedback", "template", "-o", tmp_path / "t.xlsx", "--period", period)
    rows = [
        {"NIP": BUDI, "Dari": "Masyarakat", "Umpan Balik": "Ramah", "Tanggal": "05-03-2026"},
        {"NIP": BUDI, "Dari": "Masyarakat", "Umpan Balik": "Sigap", "Tanggal": "05-03-2025"},
    ]
    found = agency.json("feedback", "import", fill(tmp_path / "t.xlsx", tmp_path / "x.xlsx", rows))
    assert [(one["code"], one["row"]) for one in found["problems"]] == [("feedback-day-outside", 6)]


def test_no_template_is_given_out_for_a_closed_period(agency: Kinerja, tmp_path: Path) -> None:
    agency.json("period", "open", "2026-Q1")
    agency.json("period", "close", "2026-Q1", "--allow-unrated")
    assert agency("feedback", "template", "-o", tmp_path / "t.xlsx", "--period", "2026-Q1").code == 5
    assert agency("feedback", "template", "-o", tmp_path / "t.xlsx", "--period", "kapan").code == 2
    assert agency("feedback", "template", "-o", tmp_path / "t.xlsx", "--period", "2026-Q2").code == 0


def test_a_feedback_template_filled_in_by_hand_goes_in_without_a_word(agency: Kinerja, tmp_path: Path) -> None:
    agency("feedback", "template", "-o", tmp_path / "t.xlsx", "--unit", "U1", "--period", "2026-Q1")
    rows: list[dict[str, object]] = [
        {
            "NIP": BUDI,
            "Nama": "Budi",
            "Dari": "Rekan kerja",
            "Umpan Balik": "- sabar\n- teliti",
            "Aspek": "Berorientasi Pelayanan",
            "Sifat": "Positif",
            "Tanggal": "05-03-2026",
            "Pemberi": CITRA,
        },
        {
            "NIP": "19850115 201001 2 001",
            "Dari": "Bawahan",
            "Umpan Balik": "Adil",
            "Tanggal": date(2026, 3, 6),
            "Pemberi": "Budi",
            "Anonim": "Ya",
        },
    ]
    found = agency.json("feedback", "import", fill(tmp_path / "t.xlsx", tmp_path / "x.xlsx", rows))
    assert (found["files"][0]["layout"], found["added"], found["problems"]) == ("kinerja_feedback", 2, [])
    first, second = agency.json("feedback", "list")
    assert (first["text"], first["giver"], first["aspect"]) == (
        "- sabar\n- teliti",
        "CITRA DEWI",
        "berorientasi_pelayanan",
    )
    assert (second["nip"], second["giver"], second["anonymous"]) == (ANI, None, True)


def test_a_roster_template_filled_in_by_hand_goes_in_without_a_word(agency: Kinerja, tmp_path: Path) -> None:
    agency("staff", "template", "-o", tmp_path / "t.xlsx")
    rows = [
        {
            "NIP": "199901012025211003",
            "Nama": "Dodi",
            "Jenis Kelamin": "L",
            "Tanggal Lahir": "01-01-1999",
            "Jenis Pegawai": "PPPK",
            "Golongan": "IX",
            "Jenis Jabatan": "Pelaksana",
            "Jabatan": "Penata Layanan",
            "TMT Jabatan": "02-03-2025",
            "Unit Kerja": "BIDANG PELAYANAN",
            "Unit Induk": "DINAS KESEHATAN",
            "NIP Penilai": HEAD,
        }
    ]
    found = agency.json("staff", "import", fill(tmp_path / "t.xlsx", tmp_path / "x.xlsx", rows))
    assert (found["files"][0]["layout"], found["added"], found["problems"]) == ("kinerja_roster", 1, [])
    assert (found["units_added"], found["left"]) == (0, 4)
    shown = agency.json("staff", "show", "199901012025211003")
    assert (shown["unit_code"], shown["rank"], shown["position_since"]) == ("U2", "IX", "2025-03-02")
    assert shown["assessor_nip"] == HEAD


@dataclass(frozen=True)
class Typed:
    """A person as somebody types them into the template, and as the export must give them back."""

    cells: dict[str, str | None]
    kept: dict[str, str | None]


WORDS = st.text("abcdefghijklmnopqrstuvwxyz'é", min_size=2, max_size=9)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: "Budi " + " ".join(words))
EMPLOYMENT = {"PNS": "pns", "CPNS": "cpns", "PPPK": "pppk", "PPPK Paruh Waktu": "pppk_paruh_waktu"}
STATUS = {
    "Aktif": "active",
    "CLTN": "cltn",
    "Tugas Belajar": "study",
    "Pensiun": "retired",
    "Pindah Instansi": "transferred",
}
POSITIONS = {
    ("Fungsional", None): "fungsional",
    ("Pelaksana", None): "pelaksana",
    ("Struktural", "II.b"): "jpt_pratama",
    ("Struktural", "III.a"): "administrator",
    ("Struktural", "IV.b"): "pengawas",
}
PNS_RANKS = [f"{roman}/{letter}" for roman in ("I", "II", "III", "IV") for letter in "abcd"] + ["IV/e"]
PPPK_RANKS = ["I", "V", "VII", "IX", "XI", "XVII"]
DAYS = st.dates(date(2001, 1, 1), date(2025, 12, 31))


@st.composite
def typed(draw: st.DrawFn, serial: int) -> Typed:
    """A random person, with NIP, sex, birth date, employment and rank that fit together."""
    employment = draw(st.sampled_from(sorted(EMPLOYMENT)))
    pppk = employment.startswith("PPPK")
    born = draw(st.dates(date(1966, 1, 1), date(2000, 1, 1)))
    since = born + timedelta(days=draw(st.integers(19 * 366, 24 * 366)))
    sex = draw(st.sampled_from("LP"))
    month = "21" if pppk else f"{since:%m}"
    nip = f"{born:%Y%m%d}{since:%Y}{month}{'LP'.index(sex) + 1}{serial:03}"
    kind, echelon = draw(st.sampled_from(sorted(POSITIONS, key=str)))
    status = draw(st.sampled_from(sorted(STATUS)))
    rank = draw(st.none() | st.sampled_from(PPPK_RANKS if pppk else PNS_RANKS))
    day = draw(st.none() | DAYS)
    plain = {
        "name": draw(NAMES),
        "front_title": draw(st.none() | st.sampled_from(["Dr.", "Ir.", "H.", "Prof. Dr."])),
        "back_title": draw(st.none() | st.sampled_from(["S.Pd.", "S.K.M., M.Kes.", "A.Md.Kep."])),
        "sex": sex,
        "rank": rank,
        "position": draw(st.none() | NAMES.map(lambda words: f"Analis {words}")),
        "echelon": echelon,
    }
    headings = {field: heading for field, heading in ROSTER_TEMPLATE}
    cells = {headings[field]: value for field, value in plain.items()}
    cells |= {
        "NIP": draw(st.sampled_from([nip, f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"])),
        "Tanggal Lahir": f"{born:%d-%m-%Y}",
        "Jenis Pegawai": employment,
        "Kedudukan Hukum": status,
        "Jenis Jabatan": kind,
        "TMT Jabatan": f"{day:%d/%m/%Y}" if day else None,
    }
    kept = plain | {
        "nip": nip,
        "employment": EMPLOYMENT[employment],
        "status": STATUS[status],
        "position_type": POSITIONS[kind, echelon],
        "position_since": day.isoformat() if day else None,
    }
    unit = draw(
        st.none() | st.sampled_from([("Bidang A", "Dinas X"), ("Bidang B", "Dinas X"), ("Bidang A", "Dinas Y")])
    )
    if unit is not None:
        cells |= {"Unit Kerja": unit[0], "Unit Induk": unit[1]}
    kept |= {"unit": unit[0] if unit else None, "unit_parent": unit[1] if unit else None}
    return Typed(cells, kept)


PEOPLE = st.integers(1, 12).flatmap(lambda count: st.tuples(*(typed(serial) for serial in range(1, count + 1))))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty template and a store without anybody in it."""
    folder = tmp_path_factory.mktemp("blank")
    write_roster_template(folder / "template.xlsx")
    init_agency(str(folder / "empty.db"), ORIGIN, {"agency": "Kota Contoh"}, today=date(2026, 4, 2))
    return folder


ORIGIN = Origin(at="2026-04-02T01:00:00+00:00", actor="admin@bkd")


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(people=PEOPLE)
def test_people_typed_into_the_template_come_back_as_they_were_typed(blank: Path, people: tuple[Typed, ...]) -> None:
    file = fill(blank / "template.xlsx", blank / "filled.xlsx", [one.cells for one in people])
    shutil.copy(blank / "empty.db", blank / "kinerja.db")
    store = Store.open(str(blank / "kinerja.db"), ORIGIN)
    done = import_roster(store, read_sheets(file, Purpose.ROSTER), today=date(2026, 4, 2))
    assert {one.code for one in done.problems} <= {"unit-missing", "head-ambiguous"}
    exported = {str(row["nip"]): row for row in export_staff(store)}
    assert len(exported) == len(people)
    for person in people:
        row = exported[str(person.kept["nip"])]
        assert {field: row[field] for field in person.kept} == person.kept
