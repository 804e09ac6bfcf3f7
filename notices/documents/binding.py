"""Many PDFs become one print file, page by page, in memory that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject, StreamObject

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_CATALOG, _PAGES = 1, 2


def bind(documents: Iterable[bytes], target: BinaryIO) -> int:
    """Write the documents one after another into `target`; returns the number of pages.

    Objects are copied and renumbered straight into the file: only their places stay in memory, which
    merging with a whole-document writer would keep all of.
    """
    binder = _Binder(target)
    for content in documents:
        binder.add(content)
    binder.close()
    return len(binder.pages)


class _Binder:
    def __init__(self, target: BinaryIO) -> None:
        self.target = target
        self.places: dict[int, int] = {}
        self.pages: list[int] = []
        self.last = _PAGES
        self.target.write(_HEADER)

    def add(self, content: bytes, only: range | None = None) -> None:
        """Copy what the pages of one document reach; only some of its pages, if given."""
        with PdfReader(BytesIO(content)) as reader:
            self.take(reader, range(len(reader.pages)) if only is None else only)

    def take(self, reader: PdfReader, only: range) -> None:
        """The same from a document that is open: cut into many parts, it is read once."""
        numbers: dict[int, int] = {}
        waiting: list[IndirectObject] = []
        for page in [reader.pages[at] for at in only]:
            if page.indirect_reference is not None:
                self.pages.append(self._number(page.indirect_reference, numbers, waiting))
        while waiting:
            reference = waiting.pop()
            copy = self._copy(reference.get_object(), numbers, waiting)
            self._write(numbers[reference.idnum], copy)

    def close(self) -> None:
        """The page tree, the catalogue and the table of places."""
        kids = " ".join(f"{number} 0 R" for number in self.pages)
        self._raw(_PAGES, f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>".encode())
        self._raw(_CATALOG, self._catalog())
        start = self.target.tell()
        size = self.last + 1
        self.target.write(f"xref\n0 {size}\n0000000000 65535 f \n".encode())
        for number in range(1, size):
            self.target.write(f"{self.places[number]:010d} 00000 n \n".encode())
        trailer = f"trailer\n<< /Size {size} /Root {_CATALOG} 0 R >>\nstartxref\n{start}\n%%EOF\n"
        self.target.write(trailer.encode())

    def _catalog(self) -> bytes:
        return f"<< /Type /Catalog /Pages {_PAGES} 0 R >>".encode()

    def _number(
        self, reference: IndirectObject, numbers: dict[int, int], waiting: list[IndirectObject]
    ) -> int:
        if reference.idnum not in numbers:
            self.last += 1
            numbers[reference.idnum] = self.last
            waiting.append(reference)
        return numbers[reference.idnum]

    def _copy(
        self, value: PdfObject | None, numbers: dict[int, int], waiting: list[IndirectObject]
    ) -> PdfObject | None:
        if isinstance(value, IndirectObject):
            return IndirectObject(self._number(value, numbers, waiting), 0, value.pdf)
        if isinstance(value, ArrayObject):
            return ArrayObject(self._copy(item, numbers, waiting) for item in value)
        if isinstance(value, DictionaryObject):
            return self._copy_dictionary(value, numbers, waiting)
        return value

    def _copy_dictionary(
        self, value: DictionaryObject, numbers: dict[int, int], waiting: list[IndirectObject]
    ) -> DictionaryObject:
        copy = value.__class__() if isinstance(value, StreamObject) else DictionaryObject()
        is_page = value.get("/Type") == "/Page"
        for name in value:
            if is_page and name == "/Parent":
                # The old page tree would drag every other page in; ours is the parent now.
                copy[NameObject(name)] = IndirectObject(_PAGES, 0, None)
            else:
                copy[NameObject(name)] = self._copy(value.raw_get(name), numbers, waiting)
        if isinstance(value, StreamObject) and isinstance(copy, StreamObject):
            copy._data = value._data
        return copy

    def _write(self, number: int, value: PdfObject | None) -> None:
        buffer = BytesIO()
        if value is None:
            buffer.write(b"null")
        else:
            value.write_to_stream(buffer)
        self._raw(number, buffer.getvalue())

    def _raw(self, number: int, content: bytes) -> None:
        self.places[number] = self.target.tell()
        self.target.write(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
