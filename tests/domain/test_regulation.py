"""Regulations as data: what the shipped ones say, how labels are read, how a wrong file is refused."""

import re

import pytest

from kinerja_cli.domain.regulation import (
    PREDIKAT,
    RATINGS,
    REGULATIONS,
    RegulationUnknown,
    load_regulation,
    parse_predikat,
    parse_rating,
    read_regulation,
    suggest,
)
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.rulefile import RegulationInvalid
from kinerja_cli.errors import Exit

P6 = load_regulation("permenpanrb-6-2022")
PP30 = load_regulation("pp-30-2019")


@pytest.mark.parametrize("name", REGULATIONS)
def test_a_shipped_regulation_bears_its_name_and_can_be_frozen_as_text(name: str) -> None:
    regulation = load_regulation(name)
    assert regulation.id == name
    assert read_regulation(regulation.text) == regulation
    assert regulation.annual_window == (1, 31)
    assert [term.value for term in regulation.predikat] == list(PREDIKAT)
    assert regulation.short in regulation.predikat[0].source


def test_the_two_methods_fill_different_parts() -> None:
    assert (P6.method, len(P6.cells), P6.numeric) == ("quadrant", 9, None)
    assert (PP30.method, len(PP30.cells), PP30.ratings) == ("numeric", 0, ())
    assert all(cell.source.startswith("PermenPANRB 6/2022") for cell in P6.cells.values())
    assert P6.cells["diatas", "sesuai"].code == "hasil diatas × perilaku sesuai"


def test_an_unknown_regulation_is_refused_with_those_there_are() -> None:
    with pytest.raises(RegulationUnknown, match="permenpanrb-8-2021") as refusal:
        load_regulation("permenpanrb-8-2021")
    assert (refusal.value.code, refusal.value.exit) == ("regulation-unknown", Exit.NOT_FOUND)
    assert "pp-30-2019" in refusal.value.hint


@pytest.mark.parametrize(
    ("value", "rating"),
    [
        (" diatas  ekspektasi ", "diatas"),
        ("Di Atas Ekspektasi", "diatas"),
        ("DIATAS EKSPEKTASI", "diatas"),
        ("di\u00a0atas", "diatas"),
        ("Above", "diatas"),
        ("1", "diatas"),
        (1, "diatas"),
        (2.0, "sesuai"),
        ("meets expectations", "sesuai"),
        ("Sesuai\nEkspektasi", "sesuai"),
        ("Di bawah ekspektasi", "dibawah"),
        (3, "dibawah"),
        ("below", "dibawah"),
        ("atas", None),
        ("Sesuai Ekspektasi?", None),
        ("tidak sesuai ekspektasi", None),
        ("Baik", None),
        ("-1", None),
        (0, None),
        (4, None),
        (1.5, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        ("", None),
        (None, None),
    ],
)
def test_ratings_are_read_whole(value: CellValue, rating: str | None) -> None:
    assert parse_rating(P6, value) == rating
    assert parse_rating(PP30, value) is None


@pytest.mark.parametrize(
    ("value", "predikat"),
    [
        ("Sangat Baik", ("sangat_baik", False)),
        ("sangat_baik", ("sangat_baik", False)),
        ("BAIK", ("baik", False)),
        ("Kurang", ("kurang", False)),
        ("Kurang/Misconduct", ("kurang", False)),
        ("KURANG (MISCONDUCT)", ("kurang", False)),
        ("Kurang/ Mis Conduct", ("kurang", False)),
        ("misconduct", ("kurang", False)),
        ("Sangat Kurang", ("sangat_kurang", False)),
        ("Cukup", ("butuh_perbaikan", True)),
        ("Butuh  Perbaikan", ("butuh_perbaikan", False)),
        ("Istimewa", None),
        ("Cukup Baik", None),
        ("Perbaikan", None),
        (1, None),
        (None, None),
    ],
)
def test_predikat_are_read_whole_and_words_of_other_scales_noted(
    value: CellValue, predikat: tuple[str, bool] | None
) -> None:
    assert parse_predikat(P6, value) == predikat


def test_the_older_regulation_calls_the_middle_cukup() -> None:
    assert PP30.predikat_label("butuh_perbaikan") == "Cukup"
    assert parse_predikat(PP30, "Cukup") == ("butuh_perbaikan", False)
    assert parse_predikat(PP30, "Butuh Perbaikan") == ("butuh_perbaikan", True)


def test_labels_are_the_regulations_own() -> None:
    assert [P6.rating_label(value) for value in RATINGS] == [
        "Diatas Ekspektasi",
        "Sesuai Ekspektasi",
        "Dibawah Ekspektasi",
    ]
    assert [P6.predikat_label(value) for value in PREDIKAT] == [
        "Sangat Baik",
        "Baik",
        "Butuh Perbaikan",
        "Kurang",
        "Sangat Kurang",
    ]


def test_a_near_miss_gets_the_nearest_label() -> None:
    assert suggest(P6, "sangat baek") == "Sangat Baik"
    assert suggest(P6, "Dibwah Ekspektasi", terms=P6.ratings) == "Dibawah Ekspektasi"
    assert suggest(P6, "sangat baek", terms=P6.ratings) is None
    assert suggest(P6, "Istimewa") is None


FIRST_CELL = """[[cells]]
hasil = "diatas"
perilaku = "diatas"
predikat = "sangat_baik"
source = "PermenPANRB 6/2022 Lampiran Bab IV.B.3"
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('id = "permenpanrb-6-2022"', "", "id", "a text is needed"),
        ('id = "permenpanrb-6-2022"', "id = 6", "id", "a text is needed"),
        ('method = "quadrant"', 'method = "guess"', "method", "none of quadrant, numeric"),
        (FIRST_CELL, "", "cells", "“hasil diatas × perilaku diatas” is missing"),
        (FIRST_CELL, FIRST_CELL + FIRST_CELL, "cells[2].hasil", "twice"),
        ('predikat = "sangat_baik"', 'predikat = "istimewa"', "cells[1].predikat", "none of"),
        ('hasil = "diatas"', 'hasil = "atas"', "cells[1].hasil", "none of"),
        (
            FIRST_CELL,
            FIRST_CELL.replace("PermenPANRB 6/2022 Lampiran Bab IV.B.3", " "),
            "cells[1].source",
            "",
        ),
        ('value = "sesuai"', 'value = "diatas"', "ratings", "in this order: diatas, sesuai, dibawah"),
        ('aliases = ["sesuai", "2"', 'aliases = ["sesuai", "1"', "ratings", "“1” stands for two values"),
        ('aliases = ["sesuai", "2"', 'aliases = ["/", "2"', "ratings", "empty cells"),
        ('noted = ["Cukup"]', 'noted = "Cukup"', "predikat[3].noted", "a list of texts"),
        ('noted = ["Cukup"]', "noted = [3]", "predikat[3].noted", "a list of texts"),
        ("[annual_window]", "[window]", "annual_window", "a table is needed"),
        ("day = 31", "day = 32", "annual_window.day", "no such day"),
        ("month = 1\nday = 31", "month = 2\nday = 29", "annual_window.day", "no such day"),
        ("day = 31", "day = 99999999999999999999", "annual_window.day", "no such day"),
        ("day = 31", "day = 30.5", "annual_window.day", "a whole number"),
        ("day = 31", "day = true", "annual_window.day", "a number is needed"),
        ("day = 31", "day = inf", "annual_window.day", "a number is needed"),
        ("day = 31", "day = ", "TOML", ""),
    ],
)
def test_a_wrong_file_of_ratings_is_refused_by_its_key(old: str, new: str, key: str, reason: str) -> None:
    refuse(P6.text, old, new, key, reason)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('method = "numeric"', 'method = "quadrant"', "ratings", "a list of tables"),
        ("highest = 120", "highest = 0", "scale.highest", "above"),
        ("skp = 70", "skp = 75", "weights.skp", "add up to 100"),
        ("skp = 60\nperilaku = 40", "skp = 110\nperilaku = -10", "weights_with_peer_opinion.skp", "negative"),
        ("lowest = 110", "lowest = 80", "bands[2].lowest", "fall from best to worst"),
        ("lowest = 110", "lowest = 120", "bands[1].lowest", "within the scale"),
        ("lowest = 110", 'lowest = "110"', "bands[1].lowest", "a number is needed"),
        ('predikat = "baik"', 'predikat = "kurang"', "bands[2].predikat", "“baik” is expected"),
        ("lowest = 50", "lowest = -1", "bands[4].lowest", "within the scale"),
        ("[scale]\nlowest = 0", "[scale]\nlowest = -10", "bands", "begin where the scale begins"),
        ('[[bands]]\npredikat = "sangat_kurang"\nlowest = 0', "[rest]\nlowest = 0", "bands", "five bands"),
        ('otherwise = "baik"', 'otherwise = "bagus"', "innovation.otherwise", "none of"),
    ],
)
def test_a_wrong_file_of_numbers_is_refused_by_its_key(old: str, new: str, key: str, reason: str) -> None:
    refuse(PP30.text, old, new, key, reason)


def test_a_band_too_many_is_refused() -> None:
    extra = PP30.text + '\n[[bands]]\npredikat = "kurang"\nlowest = 0\nsource = "x"\n'
    with pytest.raises(RegulationInvalid, match="five bands"):
        read_regulation(extra)


def refuse(text: str, old: str, new: str, key: str, reason: str) -> None:
    """The text with one thing changed is refused, and the refusal names the key and the reason."""
    assert old in text
    with pytest.raises(RegulationInvalid, match=re.escape(f"“{key}”")) as refusal:
        read_regulation(text.replace(old, new, 1))
    assert reason in refusal.value.message
    assert (refusal.value.code, refusal.value.exit) == ("regulation-invalid", Exit.REJECTED)
