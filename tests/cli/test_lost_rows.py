"""Nobody who stands in a roster is lost without a word: rows without a plain NIP, and what only looks like them."""

from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest

from tests.builders import ANI, BUDI, CITRA, HEAD, Kinerja, Ran, workbook

LIST = ("No", "Nama", "NIP", "Gol", "Jabatan")
FIRST = (1, "Surya Darma", HEAD, "IV/b", "Kepala Dinas")
SIGNER = "196501011990031001"


def tried(kinerja: Kinerja, rows: Sequence[Sequence[object]], *options: str) -> Ran:
    """What becomes of a sheet with these rows."""
    file = workbook(kinerja.folder / "daftar.xlsx", rows)
    return kinerja("staff", "import", file, *options, "--format", "json")


def told(ran: Ran, *codes: str) -> list[tuple[str, str]]:
    """The errors, or the problems of these codes: code and cell."""
    return [
        (one["code"], f"{one['column'] or ''}{one['row'] or ''}")
        for one in ran.data["problems"]
        if (one["code"] in codes if codes else one["severity"] == "error")
    ]


def names(kinerja: Kinerja) -> dict[str, str]:
    return {row["nip"]: row["name"] for row in kinerja.json("staff", "list")}


def test_a_nip_with_its_label_is_read(begun: Kinerja) -> None:
    label = f"NIP. {ANI[:8]} {ANI[8:14]} {ANI[14]} {ANI[15:]}"
    ran = tried(begun, [LIST[:3], FIRST[:3], (2, "Ani Lestari", label), (None, "Budi", f"NIP {BUDI}")])
    assert (ran.code, ran.data["rejected"], told(ran, "rows-about-nobody")) == (0, 0, [])
    assert names(begun) == {HEAD: "Surya Darma", ANI: "Ani Lestari", BUDI: "Budi"}


def test_a_list_that_labels_every_nip_is_read_beyond_a_gap(begun: Kinerja) -> None:
    rows = [("Nama", "NIP"), ("Ani Lestari", f"NIP. {ANI}"), (), ("Budi", f"NIP. {BUDI}")]
    ran = tried(begun, rows)
    assert (ran.code, ran.data["added"]) == (0, 2)


@pytest.mark.parametrize(
    "row",
    [
        (2, "Ani Lestari", None, "III/c", "Perawat", "Catatan: NIP belum terbit"),
        (2, "Ani Lestari", "-", None, "Total"),
        (2, "Ani Lestari", "belum ada", "III/c", "Perawat", "Ket. CPNS"),
        (None, "Catatan Siregar", None, "III/c", "Perawat"),
        (2, "Ket Sinaga", "-"),
        (2, "Jumlah Sitohang", None, "III/c"),
        (2, "Catatan Siregar"),
        (None, "Ani Lestari", "Honorer"),
    ],
)
@pytest.mark.parametrize("last", [True, False])
def test_a_word_of_remarks_makes_nobody_a_remark(begun: Kinerja, row: tuple[object, ...], last: bool) -> None:
    after = [] if last else [(3, "Budi", BUDI, "III/a", "Staf")]
    ran = tried(begun, [(*LIST, "Ket"), FIRST, row, *after])
    (problem,) = (one for one in ran.data["problems"] if one["severity"] == "error")
    assert ran.code == 3
    assert (problem["row"], problem["column"]) == (3, "C")
    assert problem["code"] in {"nip-missing", "nip-not-digits"}
    assert f"({row[1]})" in problem["message"]


@pytest.mark.parametrize(
    "before",
    [[()], [(None, "Jumlah", 1)], [(), (None, "Jumlah PNS", 1), ("PPPK",)], [("Keterangan: data sementara",)]],
)
def test_whoever_is_counted_is_refused_by_name_after_a_gap_or_a_total(
    begun: Kinerja, before: list[tuple[object, ...]]
) -> None:
    ran = tried(begun, [LIST, FIRST, *before, (2, "Joko Susilo"), (3, "Rina Siregar", "-"), (None, "Total", 3)])
    at = len(before) + 3
    assert ran.code == 3
    assert told(ran) == [("nip-missing", f"C{at}"), ("nip-missing", f"C{at + 1}")]


def test_whoever_stands_in_the_last_section_without_a_number_is_refused(begun: Kinerja) -> None:
    rows = [LIST, ("DINAS SOSIAL",), FIRST, (), ("DINAS PU",), (None, "Ani Lestari"), (5, "Budi")]
    ran = tried(begun, rows)
    assert told(ran) == [("nip-missing", "C6"), ("nip-missing", "C7")]


@pytest.mark.parametrize(
    "block",
    [
        [(None, None, "2 Januari 2026"), (None, None, "Kepala"), (None, None, "Budi"), (None, None, f"NIP. {SIGNER}")],
        [(), (None, None, "Binjai, 2 Januari 2026"), (None, None, "Drs. Mangatas"), (None, None, SIGNER)],
        [(), (None, "Mengetahui", "Binjai, 2 Januari 2026"), (None, "Kepala Dinas", "Kasubbag Umum"),
         (None, "Drs. Mangatas", "Rina, S.E."), (None, f"NIP. {SIGNER}", "NIP. 197001011995032002")],
        [(), (None, "Kepala Dinas", "Kasubbag Umum"), (None, "Drs. Mangatas", "Rina, S.E."),
         (None, SIGNER, "197001011995032002")],
        [(None, None, f"Kepala Dinas\n\n\nDrs. Mangatas\nNIP. {SIGNER}")],
        [(), (None, f"Kepala Dinas,\n\nDrs. Mangatas\nNIP {SIGNER}")],
        [(), (None, "Binjai, ...... 2026"), (None, "Kepala Dinas"), (None, "Drs. Mangatas", f"NIP. {SIGNER}")],
        [(), (None, None, "Kepala Dinas"), (None, None, "Telp. 061-8821234")],
        [(None, "Jumlah", 1), (None, None, f"NIP. {SIGNER}", None, "Pembina Utama Muda")],
    ],
)  # fmt: skip
def test_a_signature_is_a_note(begun: Kinerja, block: list[tuple[object, ...]]) -> None:
    ran = tried(begun, [LIST, FIRST, *block])
    assert (ran.code, ran.data["rows"], told(ran)) == (0, 1, [])
    (note,) = (one for one in ran.data["problems"] if one["code"] == "rows-about-nobody")
    assert note["message"].startswith(f"Rows about nobody, left out: {sum(map(bool, block))} ")


def test_a_nip_alone_after_a_gap_is_somebody_where_nobody_signs(begun: Kinerja) -> None:
    ran = tried(begun, [LIST, FIRST, (), (None, None, ANI)])
    assert told(ran) == [("name-missing", "B4")]
    ran = tried(begun, [LIST, (), (None, "Kepala Dinas"), (None, None, ANI), FIRST])
    assert ("name-missing", "B4") in told(ran)


def test_rows_about_nobody_are_quoted_and_all_their_numbers_told(begun: Kinerja) -> None:
    rows = [LIST, FIRST, (None, "Jumlah", 1), (), ("Catatan: satu",), ("Catatan: dua",), ("Catatan: tiga",)]
    (note,) = (one for one in tried(begun, rows).data["problems"] if one["code"] == "rows-about-nobody")
    assert (note["row"], note["value"]) == (3, "Jumlah; 1")
    assert note["message"] == (
        "Rows about nobody, left out: 4 (row 3, 5-7). They say: “Jumlah; 1”, “Catatan: satu”, “Catatan: dua”, …"
    )


@pytest.mark.parametrize("heading", ["Catatan:", "KETERANGAN", "Ket."])
@pytest.mark.parametrize("number", ["{}.", "{}", "({})"])
def test_remarks_counted_anew_below_a_list_are_nobody(begun: Kinerja, heading: str, number: str) -> None:
    remarks = ["Data sementara", "Budi sedang cuti", "Yang bersangkutan mengikuti tugas belajar sampai 2027"]
    rows = [LIST, FIRST, (), (None, heading), *((number.format(n), text) for n, text in enumerate(remarks, 1))]
    ran = tried(begun, rows)
    (note,) = (one for one in ran.data["problems"] if one["code"] == "rows-about-nobody")
    assert (ran.code, ran.data["rows"]) == (0, 1)
    assert note["message"].startswith("Rows about nobody, left out: 4 (row 4-7)")


@pytest.mark.parametrize(
    "people",
    [
        [(1, "Joko Susilo"), (2, "Rina binti Saleh")],
        [(1, "Data sementara"), (2, "Rina Siregar")],
        [(1, "joko susilo")],
        [(2, "Joko susilo")],
        [(1, "Joko susilo", "-")],
        [(1, "Joko susilo", None, "III/c")],
    ],
)
def test_whoever_may_be_somebody_below_a_remark_is_no_remark(begun: Kinerja, people: list[tuple[object, ...]]) -> None:
    ran = tried(begun, [LIST, FIRST, (), ("Catatan:",), *people])
    assert (ran.code, [at for _code, at in told(ran)]) == (3, [f"C{5 + n}" for n in range(len(people))])


def test_remarks_above_which_nobody_stands_are_people(begun: Kinerja) -> None:
    assert told(tried(begun, [LIST, ("Catatan:",), (1, "Joko susilo")])) == [("nip-missing", "C3")]


def test_one_error_is_not_several(begun: Kinerja) -> None:
    file = workbook(begun.folder / "daftar.xlsx", [LIST, FIRST, (2, "Joko Susilo")])
    ran = begun("staff", "import", file)
    assert "Errors in the files: 1." in ran.err
    assert "rows: 2" in ran.err


def test_people_without_a_nip_are_shown_by_name(begun: Kinerja) -> None:
    rows = [LIST, *((n, f"Orang {name}") for n, name in enumerate(("Satu", "Dua", "Tiga"), 1))]
    ran = begun("staff", "import", workbook(begun.folder / "daftar.xlsx", rows))
    assert all(f"The row has no NIP (Orang {name})." in ran.err for name in ("Satu", "Dua", "Tiga"))


@pytest.mark.parametrize(
    ("nip", "code"), [("NIP saya", "nip-not-digits"), ("123", "nip-length"), (1.5e17, "nip-numeric")]
)
def test_a_nip_that_is_none_is_told_with_the_name_beside_it(begun: Kinerja, nip: object, code: str) -> None:
    ran = tried(begun, [LIST, FIRST, (2, "Rina Siregar", nip)])
    (problem,) = ran.data["problems"]
    assert (problem["code"], "(Rina Siregar)" in problem["message"]) == (code, True)


@pytest.mark.parametrize(
    "nobody",
    [
        [(), (None, None, "Kepala Dinas"), (None, None, "Ani Lestari, S.Kep.")],
        [(), (None, None, "Kepala Dinas"), (None, None, f"NIP. {ANI[:8]} {ANI[8:14]} {ANI[14]} {ANI[15:]}")],
        [(None, "Catatan: Ani Lestari sedang cuti")],
    ],
)
def test_nobody_is_retired_who_stands_in_a_row_that_was_left_out(
    agency: Kinerja, nobody: list[tuple[object, ...]]
) -> None:
    ran = tried(agency, [LIST[:3], FIRST[:3], *nobody], "--leavers", "retire")
    assert ran.code == 0
    assert {one["nip"] for one in ran.data["departed"]} == {BUDI, CITRA}
    assert told(ran, "not-absent") == [("not-absent", str(len(nobody) + 2))]
    assert agency.json("staff", "show", ANI)["status"] == "active"
    assert "not-absent" in agency("explain", "not-absent").out


def test_a_name_alone_where_name_and_nip_share_a_cell_is_refused(begun: Kinerja) -> None:
    rows = [
        ("No", "Nama / NIP", "Gol"),
        (1, f"Rina Siregar (NIP {ANI})", None),
        (2, "Joko Susilo", None),
        (None, "Budi", None),
        (4, "Sari\nNIP. -", "III/a"),
        (5, "Doni\nNIP. 19790101 20", "III/a"),
        (6, f"{CITRA}\nCitra Dewi", "IX"),
        (),
        (None, f"Drs. Mangatas\nNIP. {SIGNER}"),
    ]  # fmt: skip
    ran = tried(begun, rows, "--accept-valid")
    assert told(ran) == [*(("nip-missing", f"B{row}") for row in (3, 4, 5)), ("nip-length", "B6")]
    assert told(ran, "rows-about-nobody") == [("rows-about-nobody", "9")]
    assert names(begun) == {ANI: "Rina Siregar", CITRA: "Citra Dewi"}


def test_a_name_over_its_nip_is_one_person(begun: Kinerja) -> None:
    rows = [
        ("No", "Nama / NIP", "Pangkat", "Jabatan"),
        ("DINAS KESEHATAN",),
        (1, "Ani Lestari", "Penata", "Perawat"),
        (None, f"NIP. {ANI}", "III/c", "Ahli Muda"),
        (2, "Budi", "Penata Muda", "Staf"),
        (None, BUDI, "III/a"),
        (3, "Joko Susilo", "Penata", "Staf"),
        (4, CITRA, "IX"),
        (),
        (None, "Drs. Mangatas"),
        (None, f"NIP. {SIGNER}"),
    ]
    ran = tried(begun, rows, "--accept-valid")
    assert told(ran) == [("nip-missing", "B7"), ("name-missing", "B8")]
    found = {row["nip"]: row for row in begun.json("staff", "list")}
    assert {nip: (one["name"], one["rank"], one["position"]) for nip, one in found.items()} == {
        ANI: ("Ani Lestari", "III/c", "Perawat Ahli Muda"),
        BUDI: ("Budi", "III/a", "Staf"),
    }


@pytest.mark.parametrize("gap", [(), (None,)])
def test_lists_side_by_side_are_both_read(begun: Kinerja, gap: tuple[None, ...]) -> None:
    heading = LIST[:3]
    rows = [
        ("DAFTAR PEGAWAI",),
        (*heading, *gap, *heading),
        (1, "Surya Darma", HEAD, *gap, 3, "Budi", BUDI),
        (2, "Ani Lestari", ANI, *gap, 4, "Joko Susilo", None),
        (None, None, None, *gap, 5, "Citra Dewi", CITRA),
    ]
    copy = begun.folder / "masalah.xlsx"
    ran = tried(begun, rows, "--accept-valid", "--problems", str(copy))
    assert [one["rows"] for one in ran.data["files"]] == [2, 3]
    assert told(ran) == [("nip-missing", f"{'G' if gap else 'F'}4")]
    assert set(names(begun)) == {HEAD, ANI, BUDI, CITRA}
    beside = [row[0] for row in openpyxl.load_workbook(copy)["Sheet1"].iter_rows(values_only=True)]
    assert [str(text).split(":")[0] for text in beside[1:]] == ["Masalah", "diterima", "Error", "diterima"]
    assert begun("staff", "import", copy, "--accept-valid", "--format", "json").data["unchanged"] == 4


def test_name_and_nip_twice_without_anything_between_them_is_refused(begun: Kinerja) -> None:
    ran = tried(begun, [("Nama", "NIP", "Jabatan", "Nama", "NIP"), ("Budi", BUDI, "Staf", "Surya Darma", HEAD)])
    assert (ran.code, ran.error["code"]) == (3, "columns-repeated")
    assert "columns A, B, D, E" in ran.error["message"]


def test_a_superior_under_a_group_of_their_own_is_no_second_list(begun: Kinerja) -> None:
    rows = [
        ("NO", "PEGAWAI YANG DINILAI", None, "PEJABAT PENILAI", None, "ATASAN PEJABAT PENILAI", None),
        (None, "NAMA", "NIP", "NAMA", "NIP", "NAMA", "NIP"),
        (1, "Budi", BUDI, "Ani Lestari", ANI, "Surya Darma", HEAD),
        (2, "Ani Lestari", ANI, "Surya Darma", HEAD, None, None),
        (3, "Surya Darma", HEAD, None, None, None, None),
    ]
    ran = tried(begun, rows)
    assert (ran.code, ran.data["added"], len(ran.data["files"])) == (0, 3, 1)


@pytest.mark.parametrize("heading", ["-", "#", None])
def test_a_heading_that_says_nothing_hides_nobody(begun: Kinerja, heading: str | None) -> None:
    rows = [(heading, *LIST[1:]), FIRST, (2, "Joko Susilo", "-", "III/a", "Staf"), (), (3, "Rina Siregar", "-")]
    assert told(tried(begun, rows)) == [("nip-missing", "C3"), ("nip-missing", "C5")]


def test_a_word_that_is_a_heading_elsewhere_hides_nobody(begun: Kinerja) -> None:
    ran = tried(begun, [(*LIST, "CPNS"), FIRST, (2, "Joko Susilo", "CPNS", "III/a", "Staf"), (3, "Rina", "NIP")])
    assert told(ran) == [("nip-not-digits", "C3"), ("nip-missing", "C4")]


def test_headings_again_in_another_order_are_refused(begun: Kinerja) -> None:
    rows = [
        ("No", "Nama", "NIP", "Unit Kerja", "Jabatan"),
        (1, "Ani Lestari", ANI, "Dinas Sosial", "Perawat"),
        ("No", "Nama", "NIP", "Jabatan", "Unit Kerja"),
        (2, "Budi", BUDI, "Staf", "Dinas Sosial"),
    ]
    ran = tried(begun, rows, "--accept-valid")
    assert (ran.code, ran.error["code"]) == (3, "heading-changed")
    assert (
        "row 3 are others than those in row 1 (D: Unit Kerja → Jabatan; E: Jabatan → Unit Kerja)"
        in (ran.error["message"])
    )
    assert names(begun) == {}


def test_headings_over_two_lines_printed_again_are_passed_over(begun: Kinerja) -> None:
    upper = ("NO", "NAMA", "NIP", "PANGKAT", None, "JABATAN", None)
    lower = (None, None, None, "GOL.", "TMT", "NAMA", "TMT")
    rows = [
        upper,
        lower,
        (1, "Ani Lestari", ANI, "III/c", "01-04-2020", "Perawat", "01-04-2020"),
        upper,
        lower,
        (2, "Budi", BUDI, "III/a", "01-04-2020", "Staf", "01-04-2020"),
    ]
    ran = tried(begun, rows)
    assert (ran.code, ran.data["rows"], told(ran, "rows-about-nobody")) == (0, 2, [])


def test_running_numbers_are_seen_in_large_files_too(begun: Kinerja, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinerja_cli.workbooks.sources.LEAN_FROM", 1)
    rows: list[tuple[Any, ...]] = [("No", "Alamat", "Nama", "NIP", "Unit Kerja"), (1, "x", "Ani", ANI, "Dinas A")]
    ran = tried(begun, [*rows, (), (2, "y", "Joko Susilo"), (), ("=1+1", "z", "Drs. Mangatas")])
    assert told(ran) == [("nip-missing", "D4")]
