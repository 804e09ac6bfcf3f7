"""A paper without its receipt: the blank slip at its end is cut off, as from the sheet handed over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final, NamedTuple

from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, DictionaryObject, IndirectObject, NameObject

from notices.documents.binding import _Binder

RECEIPT: Final = "送达回执"
# From the foot of a page to the lowest line of text: page number and check value stay.
_FOOT: Final = 45.0
# The slip's outline entry points at its heading; the dashed line lies a little above.
_LINE: Final = 6.0
# A slip that begins so high has its page to itself.
_TOP: Final = 60.0
_PX: Final = 0.75
_TEXT: Final = re.compile(rb"(1 0 0 -1 \S+ (\S+) Tm\n(?:/\S+ \S+ Tf\n)?)\[[^\]]*\] TJ")


class _Slip(NamedTuple):
    """On which page it begins, and how high above the foot of that page."""

    page: int
    top: float


def without_receipt(content: bytes) -> bytes:
    """The pages of a paper of ours up to its receipt; a paper that has none comes back as it is."""
    with PdfReader(BytesIO(content)) as reader:
        slip = _find(reader, reader.outline)
        if slip is None:
            return content
        page = reader.pages[slip.page]
        high = float(page.mediabox.height)
        is_alone = slip.page > 0 and slip.top > high - _TOP
        own = None if is_alone or page.indirect_reference is None else page.indirect_reference.idnum
        shown = page.get_contents()
        cut = _cut(shown.get_data() if shown is not None else b"", slip.top + _LINE, high)
    target = BytesIO()
    cutter = _Cutter(target, own, cut)
    cutter.add(content, range(slip.page if is_alone else slip.page + 1))
    cutter.close()
    return target.getvalue()


def _cut(shown: bytes, top: float, high: float) -> bytes:
    """What lies beside the slip, through two windows; its text goes too, whoever searches the file."""

    def without(found: re.Match[bytes]) -> bytes:
        low = high - _PX * float(found[2])
        return found[1] if _FOOT < low < top else found[0]

    windows = f"0 {top:.1f} 9999 9999 re 0 0 9999 {_FOOT} re W n\n".encode()
    return b"q\n" + windows + _TEXT.sub(without, shown) + b"\nQ\n"


def _find(reader: PdfReader, entries: Iterable[Any]) -> _Slip | None:
    """The outline names every heading, that of the slip too."""
    for entry in entries:
        if isinstance(entry, list):
            found = _find(reader, entry)
            if found is not None:
                return found
        elif str(entry.title).startswith(RECEIPT):
            page = reader.get_destination_page_number(entry)
            return None if page is None else _Slip(page, float(entry.top or 0))
    return None


class _Cutter(_Binder):
    """Copies pages; the page object `own` shows `cut` instead of what it showed."""

    def __init__(self, target: BytesIO, own: int | None, cut: bytes) -> None:
        super().__init__(target)
        self.own, self.cut = own, cut

    def _copy_dictionary(
        self, value: DictionaryObject, numbers: dict[int, int], waiting: list[IndirectObject]
    ) -> DictionaryObject:
        reference = getattr(value, "indirect_reference", None)
        is_own = value.get("/Type") == "/Page" and reference is not None and reference.idnum == self.own
        if not is_own:
            return super()._copy_dictionary(value, numbers, waiting)
        rest = DictionaryObject({name: value.raw_get(name) for name in value if name != "/Contents"})
        copy = super()._copy_dictionary(rest, numbers, waiting)
        copy[NameObject("/Contents")] = IndirectObject(self._stream(), 0, None)
        return copy

    def _stream(self) -> int:
        stream = DecodedStreamObject()
        stream.set_data(self.cut)
        self.last += 1
        number = self.last
        self._write(number, stream.flate_encode())
        return number
