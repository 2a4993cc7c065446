"""The words of a Word document (.docx), as if it had been saved as plain text.

Teams and Google Docs hand out transcripts in this form; what follows reads them like any other text.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from nearer.errors import NearerError

_BODY = "word/document.xml"
_LIMIT = 32 << 20
"""Bytes of the unpacked text; a year of meetings has less."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}


def text_of(path: Path) -> bytes | None:
    """One line a paragraph and a break, in UTF-8; None for a zip that is no Word document.

    Raises NearerError where the document is damaged, or not safe to read.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(path) as archive:
            if _BODY not in archive.namelist():
                return None
            if archive.getinfo(_BODY).file_size > _LIMIT:
                raise NearerError(f"{path.name} unpacks to far more than it should, so it was not opened.")
            root = fromstring(archive.read(_BODY))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, zlib.error):
        return None  # Who reads the zip tells what is wrong with it.
    except ParseError:
        raise NearerError(f"{path.name} is a damaged Word document; save it again.") from None
    except (DefusedXmlException, ValueError, LookupError):
        raise NearerError(f"{path.name} holds XML that is not safe to read, so it was not opened.") from None
    lines = []
    for paragraph in root.iter(f"{_W}p"):
        pieces = (n.text or "" if n.tag == f"{_W}t" else _BREAKS.get(n.tag, "") for n in paragraph.iter())
        lines.append("".join(pieces))
    return "\n".join(lines).encode()
