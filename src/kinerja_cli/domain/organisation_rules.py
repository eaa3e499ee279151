"""The predikat kinerja organisasi as data: its spellings, the pattern each asks for, what it suggests for a head.

SE MenPANRB 3/2023 is guidance that agencies read differently, so all of it stands in a file like a regulation does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from gettext import gettext as _
from importlib import resources
from types import MappingProxyType
from typing import Final

from kinerja_cli.domain.rating_cells import spoken_suggestion
from kinerja_cli.domain.regulation import PREDIKAT, RATINGS, Term, fold_label, read_terms, spellings_of, suggest_among
from kinerja_cli.domain.rows import CellValue
from kinerja_cli.domain.rulefile import RuleTable, read_rule_file
from kinerja_cli.domain.text import clean_text
from kinerja_cli.errors import Exit, KinerjaError

ORGANISATION: Final = ("istimewa", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")
"""Machine values of an organisation predikat, best first."""

DISTRIBUTIONS: Final = ("se-3-2023",)
"""The files of patterns that come with the program."""

MAX: Final = "max"
MIN: Final = "min"
SOME: Final = "some"
NOBODY: Final = "none"
MAJORITY: Final = "majority"

_WHOLE: Final = 100


class DistributionUnknown(KinerjaError):
    """No file of patterns has this id."""

    code = "distribution-unknown"
    exit = Exit.NOT_FOUND

    def __init__(self, wanted: str) -> None:
        super().__init__(
            _("There is no file of patterns “{id}”.").format(id=wanted),
            _("Choose one of: {ids}; or give the path of a file of your own.").format(ids=", ".join(DISTRIBUTIONS)),
        )


class OrganisationUnknown(KinerjaError):
    """A word is none of the five organisation predikat."""

    code = "organisation-unknown"
    exit = Exit.REJECTED

    def __init__(self, text: str, rules: "OrganisationRules") -> None:
        near = spoken_suggestion(rules.suggest(text))
        super().__init__(
            _("{value} is no predikat of an organisation{suggestion}.").format(value=text or "''", suggestion=near),
            _("Give one of: {labels}.").format(labels=", ".join(term.label for term in rules.terms)),
        )


@dataclass(frozen=True, slots=True)
class PatternRule:
    """One rule of a pattern: `predikat` count together; `percent` of the people, or so many `people`."""

    kind: str
    predikat: tuple[str, ...]
    percent: Decimal
    people: int
    source: str


@dataclass(frozen=True, slots=True)
class OrganisationRules:
    """Everything that follows from an organisation predikat; `text` is the file it was read from.

    `hasil` suggests a rating for the head of a unit by its organisation predikat. In a unit of fewer than
    `small_unit` people shares mean little.
    """

    id: str
    short: str
    title: str
    terms: tuple[Term, ...]
    patterns: Mapping[str, tuple[PatternRule, ...]]
    hasil: Mapping[str, str]
    hasil_source: str
    small_unit: int
    late_source: str
    above_source: str
    assessor_source: str
    text: str = field(repr=False)
    spellings: Mapping[str, Term] = field(repr=False)

    def label(self, value: str) -> str:
        """The printed label of a machine value."""
        return self.terms[ORGANISATION.index(value)].label

    def parse(self, value: CellValue) -> tuple[str, bool] | None:
        """The organisation predikat a text names, whole, and whether its spelling asks for a warning; or None.

        >>> load_distribution("se-3-2023").parse("sangat  baik"), load_distribution("se-3-2023").parse("Cukup")
        (('istimewa', True), ('butuh_perbaikan', False))
        """
        spelling = fold_label(clean_text(value))
        term = self.spellings.get(spelling)
        return None if term is None else (term.value, spelling in map(fold_label, term.noted))

    def suggest(self, text: str) -> str | None:
        """The label that a text is perhaps meant for, or None."""
        return suggest_among(self.terms, text)


@lru_cache
def load_distribution(id: str) -> OrganisationRules:  # noqa: A002 - the word the settings know it by
    """One of the files of patterns that come with the program."""
    if id not in DISTRIBUTIONS:
        raise DistributionUnknown(id)
    file = resources.files("kinerja_cli.regulations") / f"{id}.toml"
    return read_distribution(file.read_text(encoding="utf-8"))


@lru_cache
def read_distribution(text: str) -> OrganisationRules:
    """Read a file of patterns, or say which key breaks the form."""
    file = read_rule_file(text)
    terms = read_terms(file, "organisation", ORGANISATION)
    tables = file.tables("organisation")
    small, head = file.table("small_unit"), file.table("hasil_of_head")
    small.text("source")
    people = small.whole("people")
    if people < 0:
        raise small.wrong("people", _("a number of people is needed here."))
    return OrganisationRules(
        id=file.text("id"),
        short=file.text("short"),
        title=file.text("title"),
        terms=terms,
        patterns=MappingProxyType({term.value: _read_pattern(one) for term, one in zip(terms, tables, strict=True)}),
        hasil=MappingProxyType({value: head.one_of(value, RATINGS) for value in ORGANISATION}),
        hasil_source=head.text("source"),
        small_unit=people,
        late_source=file.table("late_result").text("source"),
        above_source=file.table("unit_above").text("source"),
        assessor_source=file.table("unit_of_assessor").text("source"),
        text=text,
        spellings=MappingProxyType(spellings_of("organisation", terms)),
    )


def _read_pattern(table: RuleTable) -> tuple[PatternRule, ...]:
    """The rules of one pattern; what counts together is the same in all of them, or has nothing in common."""
    rules = tuple(_read_rule(one) for one in table.tables("pattern"))
    for number, one in enumerate(rules):
        for other in rules[:number]:
            if set(one.predikat) != set(other.predikat) and set(one.predikat) & set(other.predikat):
                raise table.wrong("pattern", _("two lists of predikat have only a part in common."))
    return rules


def _read_rule(table: RuleTable) -> PatternRule:
    """One rule of a pattern, with a share or a number of people where its kind needs one."""
    kind = table.one_of("rule", (MAX, MIN, SOME, NOBODY, MAJORITY))
    predikat = table.texts("predikat")
    if not predikat or len(set(predikat)) < len(predikat) or not set(predikat) <= set(PREDIKAT):
        raise table.wrong("predikat", _("a list of {known} is needed here.").format(known=", ".join(PREDIKAT)))
    percent, people = Decimal(0), 0
    if kind in (MAX, MIN, MAJORITY):
        percent = table.number("percent")
        if not 0 <= percent <= _WHOLE:
            raise table.wrong("percent", _("a share from 0 to 100 is needed here."))
    elif kind == SOME:
        people = table.whole("people")
        if people < 1:
            raise table.wrong("people", _("a number of people is needed here."))
    return PatternRule(kind, predikat, percent, people, table.text("source"))
