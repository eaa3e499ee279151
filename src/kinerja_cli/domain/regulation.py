"""A regulation as data: what ratings and predikat it knows, and how the one leads to the other.

The rules stand in TOML files, each with its source. A period freezes the text of its regulation, so
`read_regulation(regulation.text)` gives the same rules for as long as the period is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from gettext import gettext as _
from importlib import resources
from types import MappingProxyType
from typing import Final

from kinerja_cli.domain.nearness import nearest
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.rulefile import RegulationInvalid, RuleTable, read_rule_file
from kinerja_cli.domain.text import clean_text
from kinerja_cli.errors import Exit, KinerjaError

RATINGS: Final = ("diatas", "sesuai", "dibawah")
"""Machine values of a rating of hasil or perilaku, best first."""

PREDIKAT: Final = ("sangat_baik", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")
"""Machine values of a predikat, best first."""

QUADRANT: Final = "quadrant"
NUMERIC: Final = "numeric"

REGULATIONS: Final = ("permenpanrb-6-2022", "pp-30-2019")
"""The regulations that come with the program, the one in force first."""

_SEPARATORS = dict.fromkeys(map(ord, " _/()"))
_SHORTEST_SLIP = 3
"""In a shorter text a slip cannot be told from another word."""


class RegulationUnknown(KinerjaError):
    """No regulation has this id."""

    code = "regulation-unknown"
    exit = Exit.NOT_FOUND

    def __init__(self, wanted: str) -> None:
        super().__init__(
            _("There is no regulation “{id}”.").format(id=wanted),
            _("Choose one of: {ids}.").format(ids=", ".join(REGULATIONS)),
        )


@dataclass(frozen=True, slots=True)
class Term:
    """A rating or predikat of a regulation: the machine value, the printed label, other accepted spellings.

    A spelling under `noted` is accepted too, but comes from another scale and is worth a note. One under
    `perhaps` is never accepted: it only tells which label to suggest.
    """

    value: str
    label: str
    aliases: tuple[str, ...]
    noted: tuple[str, ...]
    perhaps: tuple[str, ...]
    source: str

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every spelling that is understood."""
        return (self.value, self.label, *self.aliases, *self.noted)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the kuadran: the predikat it gives, where that is written, and how the cell is called."""

    predikat: str
    source: str
    code: str


@dataclass(frozen=True, slots=True)
class Weights:
    """How much SKP and perilaku count, in percent."""

    skp: Decimal
    perilaku: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Band:
    """The values that give one predikat: from `lowest` to below `highest`, or with it where `closed`."""

    predikat: str
    lowest: Decimal
    highest: Decimal
    closed: bool
    source: str


@dataclass(frozen=True, slots=True)
class Innovation:
    """The predikat that also needs a new idea or method, and the one given without it."""

    predikat: str
    otherwise: str
    source: str


@dataclass(frozen=True, slots=True)
class NumericRules:
    """How a regulation turns SKP and perilaku values into a predikat; bands from best to worst."""

    lowest: Decimal
    highest: Decimal
    weights: Weights
    weights_with_peer_opinion: Weights
    bands: tuple[Band, ...]
    innovation: Innovation


@dataclass(frozen=True, slots=True)
class Regulation:
    """One regulation, whole; `text` is the file it was read from and what a period freezes.

    Under the quadrant method `ratings` and `cells` are filled, under the numeric one `numeric`.
    """

    id: str
    short: str
    title: str
    method: str
    ratings: tuple[Term, ...]
    predikat: tuple[Term, ...]
    cells: Mapping[tuple[str, str], Cell]
    numeric: NumericRules | None
    annual_window: tuple[int, int]
    text: str = field(repr=False)
    rating_spellings: Mapping[str, Term] = field(repr=False)
    predikat_spellings: Mapping[str, Term] = field(repr=False)

    def rating(self, value: str) -> Term:
        """The rating with a machine value."""
        return self.ratings[RATINGS.index(value)]

    def rating_label(self, value: str) -> str:
        """The printed label of a rating's machine value."""
        return self.rating(value).label

    def predikat_label(self, value: str) -> str:
        """The printed label of a predikat's machine value."""
        return self.predikat[PREDIKAT.index(value)].label


@lru_cache(maxsize=4096)
def fold_label(text: str) -> str:
    """A label as it is compared: case, spaces, slashes, brackets and underscores do not count, all else does.

    >>> fold_label(" Di  Atas\\u00a0Ekspektasi "), fold_label("KURANG (MISCONDUCT)"), fold_label("-1")
    ('diatasekspektasi', 'kurangmisconduct', '-1')
    """
    return clean_text(text).casefold().translate(_SEPARATORS)


@lru_cache
def load_regulation(id: str) -> Regulation:  # noqa: A002 - the word the users and the settings know it by
    """One of the regulations that come with the program."""
    if id not in REGULATIONS:
        raise RegulationUnknown(id)
    file = resources.files("kinerja_cli.regulations") / f"{id}.toml"
    return read_regulation(file.read_text(encoding="utf-8"))


def parse_rating(regulation: Regulation, value: CellValue) -> str | None:
    """The rating a cell names, or None; a whole label or code, never part of one."""
    term = regulation.rating_spellings.get(fold_label(clean_text(value)))
    return None if term is None else term.value


def parse_predikat(regulation: Regulation, value: CellValue) -> tuple[str, bool] | None:
    """The predikat a cell names, whole, and whether its spelling is worth a note; or None."""
    spelling = fold_label(clean_text(value))
    term = regulation.predikat_spellings.get(spelling)
    return None if term is None else (term.value, spelling in map(fold_label, term.noted))


def suggest(regulation: Regulation, text: str, *, terms: tuple[Term, ...] | None = None) -> str | None:
    """The label that a text is perhaps meant for, among `terms` or all of the regulation, or None.

    First come the spellings that the regulation lists for this, then slips of the keyboard in any spelling.

    >>> suggest(load_regulation("permenpanrb-6-2022"), "Sesuia Ekspetasi")
    'Sesuai Ekspektasi'
    >>> suggest(load_regulation("permenpanrb-6-2022"), "Amat Baik")
    'Sangat Baik'
    """
    return suggest_among((*regulation.ratings, *regulation.predikat) if terms is None else terms, text)


def suggest_among(terms: tuple[Term, ...], text: str) -> str | None:
    """The label among some terms that a text is perhaps meant for, or None."""
    return _suggested(fold_label(text), terms)


@lru_cache(maxsize=4096)
def _suggested(text: str, terms: tuple[Term, ...]) -> str | None:
    """The label of the term that lists a folded text, or whose spelling is nearest to it."""
    spellings = [(fold_label(written), term.label) for term in terms for written in (*term.accepted, *term.perhaps)]
    listed = dict(spellings)
    if text in listed:
        return listed[text]
    if len(text) < _SHORTEST_SLIP:
        return None
    return nearest(text, [pair for pair in spellings if len(pair[0]) >= _SHORTEST_SLIP])


@lru_cache
def read_regulation(text: str) -> Regulation:
    """Read a regulation from the text of its file, or say which key breaks the form."""
    file = read_rule_file(text)
    method = file.one_of("method", (QUADRANT, NUMERIC))
    quadrant = method == QUADRANT
    ratings = read_terms(file, "ratings", RATINGS) if quadrant else ()
    predikat = read_terms(file, "predikat", PREDIKAT)
    return Regulation(
        id=file.text("id"),
        short=file.text("short"),
        title=file.text("title"),
        method=method,
        ratings=ratings,
        predikat=predikat,
        cells=MappingProxyType(_read_cells(file) if quadrant else {}),
        numeric=None if quadrant else _read_numeric(file),
        annual_window=_read_window(file.table("annual_window")),
        text=text,
        rating_spellings=MappingProxyType(spellings_of("ratings", ratings)),
        predikat_spellings=MappingProxyType(spellings_of("predikat", predikat)),
    )


def read_terms(file: RuleTable, key: str, known: Sequence[str]) -> tuple[Term, ...]:
    """The terms of a scale in a rule file, which must be all of them, from best to worst."""
    terms = tuple(
        Term(
            table.one_of("value", known),
            table.text("label"),
            table.texts("aliases"),
            table.texts("noted"),
            table.texts("perhaps"),
            table.text("source"),
        )
        for table in file.tables(key)
    )
    if tuple(term.value for term in terms) != tuple(known):
        raise file.wrong(key, _("these must stand here, in this order: {known}.").format(known=", ".join(known)))
    return terms


def spellings_of(key: str, terms: Sequence[Term]) -> dict[str, Term]:
    """Every accepted spelling of some terms, folded; one that two terms share would be a guess."""
    accepted: dict[str, Term] = {}
    for term in terms:
        for written in term.accepted:
            _claim(accepted, key, written, term)
    suggested: dict[str, Term] = {}
    for term in terms:
        for written in term.perhaps:
            if fold_label(written) in accepted:
                raise RegulationInvalid(key, _("“{text}” is accepted and cannot be a guess too.").format(text=written))
            _claim(suggested, key, written, term)
    return accepted


def _claim(spellings: dict[str, Term], key: str, written: str, term: Term) -> None:
    """Keep a spelling for a term."""
    spelling = fold_label(written)
    if not spelling:
        raise RegulationInvalid(key, _("“{text}” would be found in empty cells.").format(text=written))
    if spellings.setdefault(spelling, term) is not term:
        raise RegulationInvalid(key, _("“{text}” stands for two values.").format(text=written))


def _read_cells(file: RuleTable) -> dict[tuple[str, str], Cell]:
    """The nine cells of the kuadran, each once and with its source."""
    cells: dict[tuple[str, str], Cell] = {}
    for table in file.tables("cells"):
        hasil, perilaku = table.one_of("hasil", RATINGS), table.one_of("perilaku", RATINGS)
        code = _cell_code(hasil, perilaku)
        if (hasil, perilaku) in cells:
            raise table.wrong("hasil", _("the cell “{cell}” stands here twice.").format(cell=code))
        cells[hasil, perilaku] = Cell(table.one_of("predikat", PREDIKAT), table.text("source"), code)
    for hasil in RATINGS:
        for perilaku in RATINGS:
            if (hasil, perilaku) not in cells:
                reason = _("the cell “{cell}” is missing.")
                raise file.wrong("cells", reason.format(cell=_cell_code(hasil, perilaku)))
    return cells


def _cell_code(hasil: str, perilaku: str) -> str:
    """How a cell of the kuadran is called."""
    return f"hasil {hasil} × perilaku {perilaku}"


def _read_numeric(file: RuleTable) -> NumericRules:
    """Scale, weights, bands and the innovation rule of the numeric method."""
    scale = file.table("scale")
    scale.text("source")
    lowest, highest = scale.number("lowest"), scale.number("highest")
    if lowest >= highest:
        raise scale.wrong("highest", _("this must be above “lowest”."))
    innovation = file.table("innovation")
    return NumericRules(
        lowest,
        highest,
        _read_weights(file.table("weights")),
        _read_weights(file.table("weights_with_peer_opinion")),
        _read_bands(file, lowest, highest),
        Innovation(
            innovation.one_of("predikat", PREDIKAT),
            innovation.one_of("otherwise", PREDIKAT),
            innovation.text("source"),
        ),
    )


def _read_weights(table: RuleTable) -> Weights:
    """Two weights that make up the whole."""
    weights = Weights(table.number("skp"), table.number("perilaku"), table.text("source"))
    if min(weights.skp, weights.perilaku) < 0 or weights.skp + weights.perilaku != 100:
        raise table.wrong("skp", _("the weights must not be negative and must add up to 100."))
    return weights


def _read_bands(file: RuleTable, lowest: Decimal, highest: Decimal) -> tuple[Band, ...]:
    """The bands from best to worst; each ends where the one above begins, so that no value falls between."""
    bands: list[Band] = []
    top = highest
    for table, predikat in zip(file.tables("bands"), PREDIKAT, strict=False):
        start = table.number("lowest")
        if table.one_of("predikat", PREDIKAT) != predikat:
            raise table.wrong("predikat", _("“{value}” is expected here.").format(value=predikat))
        if not lowest <= start < top:
            raise table.wrong("lowest", _("the bands must fall from best to worst, within the scale."))
        bands.append(Band(predikat, start, top, not bands, table.text("source")))
        top = start
    if len(file.tables("bands")) != len(PREDIKAT) or top != lowest:
        raise file.wrong("bands", _("five bands are needed, and the last must begin where the scale begins."))
    return tuple(bands)


def _read_window(table: RuleTable) -> tuple[int, int]:
    """Month and day on which the annual evaluation ends; a day of every year."""
    table.text("source")
    month, day = table.whole("month"), table.whole("day")
    try:
        date(2001, month, day)
    except (ValueError, OverflowError):
        raise table.wrong("day", _("there is no such day in every year.")) from None
    return month, day
