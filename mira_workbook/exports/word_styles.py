"""The styles of a Word file, in the product's colours: headings, paragraphs, the table; all can be changed in Word."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from mira_workbook.tokens import LIGHT

FACE = "Calibri"
TABLE = "Mira Table"
FACTS = "Mira Facts"
CELL = "Mira Cell"
TONES = {
    "plain": "Normal",
    "sentence": "Mira Sentence",
    "said": "Mira Said",
    "asked": "Mira Asked",
    "small": "Mira Small",
}
"""How a paragraph is told to the style it has."""
_SIZE = 10
_NAMES = Cm(4.6)
"""Where the text of a fact begins, behind its name."""
_AIR = 0.75
"""Room above a heading, as a part of its size."""
_HEADINGS = {"Title": 16, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_INK, _SECOND, _ACCENT, _LINE = (colour.lstrip("#") for colour in (LIGHT.ink, LIGHT.ink_2, LIGHT.accent, LIGHT.line))


def add_styles(made: Any, scale: float = 1.0) -> None:
    """Give a new document its styles, all letters so much larger or smaller."""
    normal = made.styles["Normal"]
    _face(normal, _SIZE * scale)
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1.05
    for name, size in _HEADINGS.items():
        _heading(made.styles[name], size * scale)
    for name in ("List Bullet", "Caption", "Footer"):
        _face(made.styles[name], (8.5 if name == "Footer" else _SIZE) * scale)
    _paragraphs(made.styles, scale)
    made.styles.element.append(parse_xml(_TABLE_XML))


def _face(style: Any, size: float, colour: str = _INK, *, bold: bool | None = None) -> None:
    """Set the letters of a style; a theme's own would win over them."""
    # Word keeps sizes in half points.
    half = round(2 * size) / 2
    style.font.name, style.font.size, style.font.color.rgb = FACE, Pt(half), RGBColor.from_string(colour)
    style.font.bold, style.font.italic = bold, None
    fonts = style.element.rPr.rFonts
    for theme in _THEMES:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), FACE)


def _heading(style: Any, size: float) -> None:
    _face(style, size, bold=True)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(size * _AIR), Pt(2)
    style.paragraph_format.keep_with_next = True
    for border in style.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    if style.name == "Title":
        style.paragraph_format.space_before = 0
    if style.name == "Heading 1":
        style.element.pPr.insert_element_before(_border("top", _ACCENT, 12, 6), *_AFTER_BORDERS)


def _paragraphs(styles: Any, scale: float) -> None:
    for name, size, colour, bold in (
        ("Mira Sentence", 16, _INK, True),
        ("Mira Said", _SIZE, _INK, True),
        ("Mira Asked", _SIZE, _SECOND, None),
        ("Mira Small", 9.5, _SECOND, None),
        (FACTS, _SIZE, _INK, None),
        (CELL, 9, _INK, None),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = styles["Normal"], True
        _face(style, size * scale, colour, bold=bold)
    styles["Mira Asked"].element.get_or_add_pPr().insert_element_before(_border("left", _LINE, 18, 8), *_AFTER_BORDERS)
    cell = styles[CELL].paragraph_format
    cell.space_before = cell.space_after = Pt(0.5)
    cell.line_spacing = 1.0
    facts = styles[FACTS].paragraph_format
    facts.left_indent, facts.first_line_indent, facts.space_after = _NAMES, -_NAMES, Pt(1)
    facts.tab_stops.add_tab_stop(_NAMES)


_AFTER_BORDERS = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
"""What a paragraph's borders stand before."""


def _border(side: str, colour: str, eighths: int, space: int) -> Any:
    line = f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'
    return parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>")


_TABLE_XML = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="MiraTable">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="6" w:space="0" w:color="{_LINE}"/>
      <w:bottom w:val="single" w:sz="6" w:space="0" w:color="{_LINE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>
    </w:tblBorders>
    <w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{_SECOND}"/></w:rPr></w:tblStylePr>
  <w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>
</w:style>"""
