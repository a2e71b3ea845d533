"""Makes a drawn SVG small, steady and safe to stand in a page.

Out go the document type, which names an address; the style sheet, which would reach the whole page; comments, which
repeat the texts; and numbers finer than a hundredth of a pixel.
"""

import re
from hashlib import sha256
from xml.etree import ElementTree as ET

from mira_workbook.charts.fit import plain
from mira_workbook.charts.shapes import Sheet
from mira_workbook.charts.style import FONT_STACK

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_KEYS = {_LINK: "href"}
_NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_GAPS = re.compile(r"\s+")
_SPARE = re.compile(r"(?<=[MLCQZ]) | (?=[MLCQZ-])")
_OWN_ID = re.compile(r"[a-z_]+_\d+")
# What matplotlib writes although it is the default, or stands on the root.
_DROPPED = {"font-family", "font", "stroke-miterlimit"}
_DEFAULTS = {("opacity", "1"), ("fill-opacity", "1"), ("stroke-opacity", "1"), ("stroke-linejoin", "miter")}


def tidy(raw: bytes, sheet: Sheet, name: str) -> bytes:
    """Rewrite what matplotlib drew.

    Args:
        raw: the SVG as drawn.
        sheet: for its size.
        name: what a screen reader says for the picture.
    """
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    root = ET.fromstring(raw)  # noqa: S314 - reads only what matplotlib has just written
    drawn = list(_flat(root))
    prefix = "m" + sha256(raw).hexdigest()[:8]
    out = ET.Element(
        f"{_SVG}svg",
        {
            "width": _short(sheet.width),
            "height": _short(sheet.height),
            "viewBox": f"0 0 {_short(sheet.width)} {_short(sheet.height)}",
            "role": "img",
            "aria-label": plain(name),
            "font-family": FONT_STACK,
            "style": "font-variant-numeric:tabular-nums",
        },
    )
    out.extend(_small(one, prefix) for one in drawn)
    return ET.tostring(out, encoding="unicode").encode()


def _flat(node: ET.Element) -> list[ET.Element]:
    """Take shapes out of groups that only number them, and leave out what is not drawn."""
    found: list[ET.Element] = []
    for child in node:
        tag = child.tag.removeprefix(_SVG)
        if tag == "g" and not (set(child.attrib) - {"id"}):
            found.extend(_flat(child))
        elif tag == "defs":
            found.extend(_kept_definitions(child))
        elif tag != "metadata":
            found.append(child)
    return found


def _kept_definitions(defs: ET.Element) -> list[ET.Element]:
    for style in defs.findall(f"{_SVG}style"):
        defs.remove(style)
    return [defs] if len(defs) else []


def _small(node: ET.Element, prefix: str) -> ET.Element:
    """Turn styles into attributes, shorten numbers, and make ids this picture's own."""
    for one in node.iter():
        given = dict(one.attrib)
        one.attrib.clear()
        style = given.pop("style", "")
        given |= {
            k.strip(): v.strip() for k, _, v in (part.partition(":") for part in style.split(";") if part.strip())
        }
        for key, value in given.items():
            _set(one, key, value, prefix)
        if one.tag != f"{_SVG}text":
            one.text = None
        one.tail = None
    return node


def _set(node: ET.Element, key: str, value: str, prefix: str) -> None:
    level = key == "transform" and value.startswith("rotate(-0")
    if key in _DROPPED or (key, value) in _DEFAULTS or level or (key == "id" and _OWN_ID.fullmatch(value)):
        return
    node.set(_KEYS.get(key, key), _value(key, value, prefix))


def _value(key: str, value: str, prefix: str) -> str:
    if key == "id":
        return f"{prefix}-{value}"
    if key == _LINK or value.startswith("url(#"):
        return value.replace("#", f"#{prefix}-")
    if key == "font-weight":
        return "600" if value in {"bold", "700"} else value
    if key == "d":
        return _path(value)
    # Outlines of letters are scaled by a sixty-fourth, which a hundredth would not hold.
    return value if value.startswith("#") or key == "transform" else _NUMBER.sub(lambda m: _short(float(m[0])), value)


def _path(d: str) -> str:
    numbers = _NUMBER.sub(lambda m: _short(float(m[0])), d.replace("z", "Z"))
    return _SPARE.sub("", _GAPS.sub(" ", numbers).strip())


def _short(number: float) -> str:
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
