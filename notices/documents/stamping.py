"""Many PDFs become one, every page of it stamped: one page of another PDF is laid over each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, BinaryIO, Final, NamedTuple

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    RectangleObject,
)

from notices.documents.binding import _PAGES, _Binder

_STAMP: Final = NameObject("/BundleStamp")
_MARK: Final = NameObject("/BundleMark")
_Numbers = dict[int, int]


class Bookmark(NamedTuple):
    """A line of the outline: what begins on which page, counted from 0."""

    title: str
    page: int


def count_pages(content: bytes) -> int | None:
    """How many pages a PDF has; None when it cannot be read (damaged, or locked by a password)."""
    try:
        with PdfReader(BytesIO(content)) as reader:
            return None if reader.is_encrypted or not reader.pages else len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError):
        return None


def split_by_outline(content: bytes, parts: int) -> list[bytes]:
    """A PDF cut before each entry of its outline, of which it must have so many."""
    with PdfReader(BytesIO(content)) as reader:
        entries = [one for one in reader.outline if not isinstance(one, list)]
        starts = [reader.get_destination_page_number(one) for one in entries]
        ends = [*starts[1:], len(reader.pages)]
        if len(starts) != parts or None in starts:
            raise ValueError(f"{parts} parts and {len(starts)} entries in the outline")
        return [_cut(reader, range(first or 0, last or 0)) for first, last in zip(starts, ends, strict=True)]


def _cut(reader: PdfReader, pages: range) -> bytes:
    target = BytesIO()
    binder = _Binder(target)
    binder.take(reader, pages)
    binder.close()
    return target.getvalue()


def bind_stamped(
    documents: Iterable[bytes],
    target: BinaryIO,
    *,
    stamps: bytes,
    mark: bytes,
    bookmarks: Sequence[Bookmark] = (),
) -> int:
    """Write the documents one after another, page n under page n of `stamps`, every page under `mark`.

    Returns how many pages.

    Objects go straight into the file, so memory does not grow with what is bound.
    """
    binder = _Stamper(target, stamps, mark, bookmarks)
    for content in documents:
        binder.add(content)
    binder.close()
    return len(binder.pages)


class _Stamper(_Binder):
    def __init__(self, target: BinaryIO, stamps: bytes, mark: bytes, bookmarks: Sequence[Bookmark]) -> None:
        super().__init__(target)
        self.reader = PdfReader(BytesIO(stamps))
        self.bookmarks = bookmarks
        self.shared: _Numbers = {}
        self.mark, _size = self._form(PdfReader(BytesIO(mark)).pages[0], {})

    def _copy_dictionary(
        self, value: DictionaryObject, numbers: _Numbers, waiting: list[IndirectObject]
    ) -> DictionaryObject:
        copy = super()._copy_dictionary(value, numbers, waiting)
        own = getattr(value, "indirect_reference", None)
        if value.get("/Type") == "/Page" and own is not None and numbers.get(own.idnum) in self.pages:
            self._stamp(value, copy, numbers, waiting)
        return copy

    def _stamp(
        self, page: DictionaryObject, copy: DictionaryObject, numbers: _Numbers, waiting: list[IndirectObject]
    ) -> None:
        """What the page shows stays as it is, inside q and Q; the stamp comes on top."""
        place = self.pages.index(numbers[page.indirect_reference.idnum])  # type: ignore[union-attr]
        form, size = self._form(self.reader.pages[place], self.shared)
        resources = self._resolved(_value(page, "/Resources"), numbers, waiting)
        pictures = self._resolved(_value(resources_of(page), "/XObject"), numbers, waiting)
        pictures[_STAMP] = IndirectObject(form, 0, None)
        pictures[_MARK] = IndirectObject(self.mark, 0, None)
        resources[NameObject("/XObject")] = pictures
        copy[NameObject("/Resources")] = resources
        before = self._stream(b"q\n")
        matrix = " ".join(f"{part:.4f}" for part in fit(page, size))
        after = self._stream(f"\nQ\nq {matrix} cm {_MARK} Do {_STAMP} Do Q\n".encode())
        shown = _value(page, "/Contents")
        single = [] if shown is None else [page.raw_get("/Contents")]
        parts = list(shown) if isinstance(shown, ArrayObject) else single
        copied = [self._copy(part, numbers, waiting) for part in parts]
        refs = [IndirectObject(before, 0, None), *copied, IndirectObject(after, 0, None)]
        copy[NameObject("/Contents")] = ArrayObject(refs)

    def _resolved(
        self, found: PdfObject | None, numbers: _Numbers, waiting: list[IndirectObject]
    ) -> DictionaryObject:
        if not isinstance(found, DictionaryObject):
            return DictionaryObject()
        return super()._copy_dictionary(found, numbers, waiting)

    def _form(self, over: Any, numbers: _Numbers) -> tuple[int, tuple[float, float]]:
        """A page of the stamps as a form; its fonts are written once for all of them (`numbers`)."""
        waiting: list[IndirectObject] = []
        form = DecodedStreamObject()
        form.set_data(over.get_contents().get_data())
        packed: Any = form.flate_encode()
        packed[NameObject("/Type")] = NameObject("/XObject")
        packed[NameObject("/Subtype")] = NameObject("/Form")
        packed[NameObject("/BBox")] = RectangleObject(over.mediabox)
        packed[NameObject("/Resources")] = self._copy(resources_of(over), numbers, waiting)
        number = self._next()
        self._write(number, packed)
        while waiting:
            reference = waiting.pop()
            self._write(numbers[reference.idnum], self._copy(reference.get_object(), numbers, waiting))
        return number, (float(over.mediabox.width), float(over.mediabox.height))

    def _stream(self, content: bytes) -> int:
        number = self._next()
        self._raw(number, b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        return number

    def _next(self) -> int:
        self.last += 1
        return self.last

    def close(self) -> None:
        """With the outline, where there is one."""
        self.outline = self._outline() if self.bookmarks else 0
        super().close()

    def _catalog(self) -> bytes:
        outline = f" /Outlines {self.outline} 0 R /PageMode /UseOutlines" if self.outline else ""
        return f"<< /Type /Catalog /Pages {_PAGES} 0 R{outline} >>".encode()

    def _outline(self) -> int:
        root, first = self._next(), self.last + 1
        last = first + len(self.bookmarks) - 1
        for number, mark in enumerate(self.bookmarks, start=first):
            self.last = number
            title = b"\xfe\xff" + mark.title.encode("utf-16-be")
            around = f" /Prev {number - 1} 0 R" if number > first else ""
            around += f" /Next {number + 1} 0 R" if number < last else ""
            page = self.pages[min(mark.page, len(self.pages) - 1)]
            self._raw(
                number,
                f"<< /Title <{title.hex()}> /Parent {root} 0 R /Dest [{page} 0 R /Fit]{around} >>".encode(),
            )
        ends = f"/First {first} 0 R /Last {last} 0 R /Count {len(self.bookmarks)}"
        self._raw(root, f"<< /Type /Outlines {ends} >>".encode())
        return root


def resources_of(page: Any) -> DictionaryObject:
    """What a page draws with."""
    found = _value(page, "/Resources")
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def fit(page: Any, size: tuple[float, float]) -> tuple[float, ...]:
    """The matrix that lays a stamp of this size over a page, upright as the page is read.

    >>> fit({"/MediaBox": [0, 0, 595, 842]}, (595, 842))
    (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    >>> fit({"/MediaBox": [0, 0, 842, 595], "/Rotate": 90}, (595, 842))
    (0.0, 1.0, -1.0, 0.0, 842.0, 0.0)
    """
    box = [float(part) for part in _value(page, "/CropBox") or _value(page, "/MediaBox") or (0, 0, *size)]
    left, bottom = min(box[0], box[2]), min(box[1], box[3])
    wide, high = abs(box[2] - box[0]), abs(box[3] - box[1])
    turned = int(_value(page, "/Rotate") or 0) % 360
    if turned == 90:
        return (0.0, high / size[0], -wide / size[1], 0.0, left + wide, bottom)
    if turned == 180:
        return (-wide / size[0], 0.0, 0.0, -high / size[1], left + wide, bottom + high)
    if turned == 270:
        return (0.0, -high / size[0], wide / size[1], 0.0, left, bottom + high)
    return (wide / size[0], 0.0, 0.0, high / size[1], left, bottom)


def _value(page: Any, name: str) -> Any:
    """An entry itself, also where the file only points to it."""
    found = page.get(name)
    return found.get_object() if isinstance(found, PdfObject) else found
