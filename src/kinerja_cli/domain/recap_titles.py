"""What the rows of titles over a recap say of its unit, wherever they name it."""

import re
from collections.abc import Sequence

from kinerja_cli.domain.periods import find_period
from kinerja_cli.domain.text import clean_text

_UNIT_TITLE = re.compile(
    r"(?:nama )?(?:unit(?: (?:kerja|penilaian|organisasi))?|unor|opd|skpd) ?: ?(.+)", re.IGNORECASE
)
_GENERAL_TITLE = re.compile(
    r"(?:rekap|daftar|laporan|hasil|lampiran|periode|tahun|triwulan|bulan|semester)(?!\w)|rekapitulasi ", re.IGNORECASE
)
_AGENCY_TITLE = re.compile(r"\d{2,} ?[-–] ?\D")


def titled_unit(titles: Sequence[Sequence[str]], *, recap: bool) -> str | None:
    """The unit that titles name: after "Unit Kerja:", or under the agency's name, which in a recap stands first.

    >>> titled_unit([["7371 - Kota Contoh"], ["DINAS  KESEHATAN"], ["Periode Tahunan 2026"]], recap=False)
    'DINAS KESEHATAN'
    """
    rows = [row for row in titles if row]
    for row in rows:
        named = _UNIT_TITLE.fullmatch(clean_text(" ".join(row)))
        if named is not None:
            return named[1]
    own = [clean_text(row[0]) for row in rows if find_period(" ".join(row)) is None]
    own = [title for title in own if not _GENERAL_TITLE.match(title)]
    under = next((at for at, title in enumerate(own, 1) if _AGENCY_TITLE.match(title)), None)
    if under is None and recap:
        # Alone under a general title such as "REKAP PENILAIAN" stands the unit; alone at the top, the agency.
        under = 0 if len(own) == 1 and own[0] != clean_text(rows[0][0]) else 1
    return own[under] if under is not None and under < len(own) else None
