"""The chart of a distribution: stacked bars in the colours of the predikat, on a page of its own."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_cli.workbooks.style import set_up_page

if TYPE_CHECKING:
    from kinerja_cli.workbooks.write import Chart

_COLOURS = {
    "sangat_baik": "1B7F4B",
    "baik": "7CC08A",
    "butuh_perbaikan": "F2C14E",
    "kurang": "E8853D",
    "sangat_kurang": "C0392B",
    "unrated": "B8C0CC",
}
_DARK = frozenset({"1B7F4B", "C0392B", "1F3864", "5B84C4"})
_OTHERS = ("1F3864", "5B84C4", "9DB8DE", "7A8797", "B8C0CC")
_WIDTH_CM = 30
_LANDSCAPE_CM = 18.0
_SHORTEST_CM, _BAR_CM, _TALLEST_CM = 9.0, 0.75, 60.0


def add_chart(
    workbook: Workbook,
    data: Worksheet,
    chart: "Chart",
    keys: Sequence[str],
    rows: tuple[int, int],
    name: str,
) -> None:
    """Draw the rows of a table, given by its header row and its last row, on a new sheet."""
    header, last = rows
    bars = BarChart(barDir="bar", grouping="stacked", overlap=100, gapWidth=45)
    bars.title = chart.title
    for number, key in enumerate(chart.values):
        column = keys.index(key) + 1
        bars.add_data(Reference(data, min_col=column, min_row=header, max_row=last), titles_from_data=True)
        series = bars.series[-1]
        colour = _COLOURS.get(key, _OTHERS[number % len(_OTHERS)])
        series.graphicalProperties.solidFill = colour
        series.graphicalProperties.line.solidFill = "FFFFFF"
        series.dLbls = _labels("FFFFFF" if colour in _DARK else "222222")
    category = keys.index(chart.category) + 1
    bars.set_categories(Reference(data, min_col=category, min_row=header + 1, max_row=last))
    bars.legend.position = "t"
    bars.x_axis.scaling.orientation = "maxMin"
    bars.x_axis.tickLblSkip = 1  # every bar bears its name, however many there are
    bars.x_axis.delete = bars.y_axis.delete = False
    # The scale belongs under the last bar although the first bar is on top.
    bars.y_axis.crosses = "max"
    bars.y_axis.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill="E3E7ED")))
    bars.y_axis.number_format = "#,##0"
    bars.width = _WIDTH_CM
    bars.height = min(max(_SHORTEST_CM, _BAR_CM * (last - header) + 4), _TALLEST_CM)
    page = workbook.create_sheet(name)
    set_up_page(page)
    # A picture cut in two by a page break is no picture.
    page.page_setup.fitToHeight = 1
    if bars.height > _LANDSCAPE_CM:
        page.page_setup.orientation = "portrait"
    page.add_chart(bars, "A1")


class _Labels(DataLabelList):
    """Numbers on the bars in a format of their own; LibreOffice takes that of the cells unless told."""

    # openpyxl lists the parts of an element anew for each class, from what stands in that class alone.
    __elements__ = DataLabelList.__elements__
    __nested__ = DataLabelList.__nested__
    __attrs__ = DataLabelList.__attrs__

    def to_tree(self, *arguments: object, **keywords: object) -> Element:
        tree: Element = super().to_tree(*arguments, **keywords)  # type: ignore[arg-type]  # the stubs give the parent fewer arguments
        number_format = tree.find("numFmt")
        assert number_format is not None
        number_format.set("sourceLinked", "0")
        return tree


def _labels(colour: str) -> _Labels:
    """Labels that leave zeros blank: a number for nobody only clutters the bar."""
    font = CharacterProperties(sz=900, solidFill=colour)
    text = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=font), endParaRPr=font)])
    return _Labels(
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        numFmt="0;;;",
        txPr=text,
    )
