"""The draft of a notice says what the law asks for, and nothing in it can pass for something else."""

from datetime import date

from kinerja_cli.domain.notices import Concerned, Disclosure, Incident, notice


def disclosure(*, command: str = "staff export", listed: bool = True, sha256: str | None = "ab" * 32) -> Disclosure:
    return Disclosure(
        7, "2026-07-04 09:00:00+07:00", "siti@bkd", "host bkd", command, "bocor|a.csv", sha256, 80_000, listed, ""
    )


def incident(*disclosures: Disclosure, people: tuple[Concerned, ...] = (), copies: tuple[str, ...] = ()) -> Incident:
    days = (date(2026, 7, 1), date(2026, 7, 31))
    made = "2026-08-01 08:00:00+07:00"
    return Incident("Kota Contoh", *days, "Asia/Jakarta", made, "operasi 9, cd", disclosures, people, copies)


def test_it_names_data_time_and_what_is_to_be_filled_in() -> None:
    text = notice(incident(disclosure(), people=(Concerned("199207082019031015", "BUDI", 2),), copies=("k.db",)))
    for part in ("1 Juli 2026 s.d. 31 Juli 2026", "3 × 24 jam", "siti@bkd", "jenis kelamin", "| 199207082019031015 |"):
        assert part in text
    assert "- k.db" in text
    assert "bocor\\|a.csv" in text
    assert "daftar besar" not in text


def test_of_large_lists_the_number_is_told() -> None:
    text = notice(incident(disclosure(command="lain", listed=False, sha256=None)))
    assert "yang terbesar memuat 80000 orang" in text
    assert "NIP dan data lain" in text
    assert "Lampiran" not in text


def test_a_quiet_time_is_told_as_one() -> None:
    assert "tidak ada daftar atau berkas" in notice(incident())
