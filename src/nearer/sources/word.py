"""The words of a Word document (.docx), as if it had been saved as plain text.

Teams and Google Docs hand out transcripts in this form; what follows reads them like any other text.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from nearer.errors import NearerError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BODY = "word/document.xml"
_LIMIT = 32 << 20
"""Bytes of the unpacked text; a year of meetings has less."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_BOXES = (f"{_W}txbxContent", f"{_W}tabs")


def text_of(file: Path | BinaryIO, name: str) -> bytes | None:
    """One line a paragraph and a break, in UTF-8; None for a zip that is no Word document.

    Raises NearerError where the document is damaged, or not safe to read.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(file) as archive:
            if _BODY not in archive.namelist():
                return None
            if archive.getinfo(_BODY).file_size > _LIMIT:
                raise NearerError(f"{name} unpacks to far more than it should, so it was not opened.")
            return "\n".join(_lines(fromstring(archive.read(_BODY)))).encode()
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error):
        return None  # Who reads the zip tells what is wrong with it.
    except ParseError:
        raise NearerError(f"{name} is a damaged Word document; save it again.") from None
    except (DefusedXmlException, ValueError, LookupError, RecursionError):
        raise NearerError(f"{name} holds XML that is not safe to read, so it was not opened.") from None


def _lines(node: Element) -> Iterator[str]:
    """The paragraphs under a node in order; a row of a table in which each cell says one thing is one line."""
    for child in node:
        if child.tag == f"{_W}p":
            yield "".join(_said(child))
        elif child.tag == f"{_W}tr":
            cells = [[x for x in _lines(cell) if x.strip()] for cell in child]
            told = [c for c in cells if c]
            apart = len(told) < 2 or sum(len(c) > 1 for c in told) > 1
            yield from (x for c in told for x in c) if apart else ["\t".join(" ".join(c) for c in told)]
        else:
            yield from _lines(child)


def _said(paragraph: Element) -> Iterator[str]:
    """The words of a paragraph, without what stands in boxes of their own, each of which Word keeps twice."""
    for child in paragraph:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag not in _BOXES:
            yield _BREAKS.get(child.tag) or "".join(_said(child))
