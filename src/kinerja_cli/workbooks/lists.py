"""Drop-down lists and rules for cells that people fill in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.workbooks.rowxml import seen

if TYPE_CHECKING:
    from kinerja_cli.workbooks.write import Column

_SHEET = "_pilihan"
_NIP_DIGITS = 18
_TITLE_LENGTH = 32
"""Excel calls a file damaged that has a longer title over a message."""


class Lists:
    """The lists of one workbook, on a hidden sheet: written into a cell itself they end at 255 characters."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], str] = {}

    def validate(self, page: Worksheet, columns: "Sequence[Column]", first: int, last: int) -> None:
        """Give the cells of these rows their drop-downs, and NIP cells their length."""
        if last < first:
            return
        for index, column in enumerate(columns, 1):
            rule = self._rule(column)
            if rule is not None:
                letter = get_column_letter(index)
                rule.add(f"{letter}{first}:{letter}{last}")
                page.data_validations.append(rule)

    def _rule(self, column: "Column") -> DataValidation | None:
        """What the cells of a column take, and what is said beside them; None where they take anything."""
        title = column.header[:_TITLE_LENGTH]
        if column.choices:
            rule = DataValidation(type="list", formula1=self._reference(column.choices), allow_blank=True)
            rule.errorTitle, rule.error = title, "Pilih salah satu isi daftar."
            # Without an alert the list only offers: anything else can be typed as well.
            rule.showErrorMessage = not column.free
        elif column.bounds is not None:
            low, high = column.bounds
            rule = DataValidation(
                type="decimal", operator="between", formula1=str(low), formula2=str(high), allow_blank=True
            )
            rule.errorTitle, rule.error = title, f"Isi dengan angka {low} sampai {high}."
        elif column.kind == "nip":
            rule = DataValidation(type="textLength", operator="equal", formula1=str(_NIP_DIGITS), allow_blank=True)
            rule.errorTitle, rule.error = title, "NIP terdiri atas 18 angka, ditulis sebagai teks."
            # Spaces inside a NIP are welcome, so this advises and does not forbid.
            rule.errorStyle = "warning"
        elif column.prompt:
            rule = DataValidation(allow_blank=True)
        else:
            return None
        if column.prompt:
            rule.promptTitle, rule.prompt, rule.showInputMessage = title, column.prompt, True
        return rule

    def write(self, workbook: Workbook) -> None:
        """Add the hidden sheet that holds the lists, if there are any."""
        if not self._columns:
            return
        page = workbook.create_sheet(_SHEET)
        page.sheet_state = "hidden"
        for column, choices in enumerate(self._columns, 1):
            for row, choice in enumerate(choices, 1):
                # A choice may be what people called something: text whatever it begins with.
                page.cell(row, column, seen(choice)).data_type = "s"

    def _reference(self, choices: tuple[str, ...]) -> str:
        letter = self._columns.setdefault(choices, get_column_letter(len(self._columns) + 1))
        return f"{quote_sheetname(_SHEET)}!${letter}$1:${letter}${len(choices)}"
