"""Files of rules, as TOML: read key by key, so that a wrong file is refused by naming the key."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from kinerja_cli.errors import Exit, KinerjaError


class RegulationInvalid(KinerjaError):
    """A regulation file breaks the form of a regulation."""

    code = "regulation-invalid"
    exit = Exit.REJECTED

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(
            _("The regulation file is wrong at “{key}”: {reason}").format(key=key, reason=reason),
            _("Correct that key in the TOML file; the files that come with kinerja show the form."),
        )


@dataclass(frozen=True, slots=True)
class RuleTable:
    """One table of a rule file; a key that is missing or wrong is refused by its full name."""

    values: Mapping[str, object]
    path: str = ""

    def name(self, key: str) -> str:
        """The full name of a key, from the top of the file."""
        return f"{self.path}.{key}" if self.path else key

    def wrong(self, key: str, reason: str) -> RegulationInvalid:
        """The refusal of a key, for the caller to raise."""
        return RegulationInvalid(self.name(key), reason)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, _("a text is needed here."))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is missing."""
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.wrong(key, _("a list of texts is needed here."))
        return tuple(values)

    def number(self, key: str) -> Decimal:
        """A finite number, exact."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
            raise self.wrong(key, _("a number is needed here."))
        return Decimal(value)

    def whole(self, key: str) -> int:
        """A whole number."""
        value = self.number(key)
        if value % 1:
            raise self.wrong(key, _("a whole number is needed here."))
        return int(value)

    def one_of(self, key: str, known: Sequence[str]) -> str:
        """A text that is one of the known ones."""
        value = self.text(key)
        if value not in known:
            raise self.wrong(key, _("“{value}” is none of {known}.").format(value=value, known=", ".join(known)))
        return value

    def table(self, key: str) -> "RuleTable":
        """A table within this one."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.wrong(key, _("a table is needed here."))
        return RuleTable(value, self.name(key))

    def tables(self, key: str) -> "list[RuleTable]":
        """A list of tables; each is named by its number, from 1."""
        values = self.values.get(key)
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.wrong(key, _("a list of tables is needed here."))
        return [RuleTable(value, f"{self.name(key)}[{number}]") for number, value in enumerate(values, 1)]


def read_rule_file(text: str) -> RuleTable:
    """The outermost table of a rule file; its numbers are exact."""
    try:
        return RuleTable(tomllib.loads(text, parse_float=Decimal))
    except tomllib.TOMLDecodeError as error:
        raise RegulationInvalid("TOML", str(error)) from error
