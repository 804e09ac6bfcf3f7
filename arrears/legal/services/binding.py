"""The work bench of a bundle: parts on disk one after another, then index, stamps, PDF and archive."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from django.utils import timezone

from arrears.legal.documents.drawing import Cover, Leaf, Picture, front_pdf, mark_pdf, numbers_pdf, sheets_pdf
from arrears.legal.rules.exhibits import (
    Bound,
    Exhibit,
    Group,
    OfFile,
    OfForm,
    OfNotice,
    Sheet,
    Table,
    by_day,
    moved,
    pages_of,
    safe_name,
)
from arrears.relief.services import print_as_asked
from notices.documents.receipt import without_receipt
from notices.documents.stamping import Bookmark, bind_stamped, count_pages
from notices.services import print_notice
from tenancy.kernel.errors import Refused
from tenancy.people.services import files

SUMS: Final = "SHA256SUMS.txt"
WHOLE: Final = "证据材料（全卷）.pdf"
_INDEX: Final = ("序号", "证据名称", "种类", "来源", "证明事实", "日期", "页码")
_HASHES: Final = ("序号", "压缩包内文件", "SHA-256")
_ENDINGS: Final = {files.PDF: "pdf", files.JPEG: "jpg", files.PNG: "png"}
# Sheets are drawn together, but no more than these at once: pictures are heavy.
_MOST_WAITING: Final = 60
_HEAVIEST: Final = 16 * 1024 * 1024
_NOTE: Final = (
    "本卷由物业管理系统根据存档数据自动汇编，系统生成文书使用首次打印时存档的文件；"
    "文书末尾的空白送达回执不装订，签字、照片等送达凭证附于各文书之后。",
    "各份证据的SHA-256校验值列于卷末，与压缩包内的文件一一对应。",
)


class Named(NamedTuple):
    """What the cover says."""

    unit: str
    facts: tuple[tuple[str, str], ...]


class _Drawn(NamedTuple):
    """The pages of an exhibit, and the file that stands for it in the archive (None: the pages)."""

    pages: bytes
    original: bytes | None = None
    ending: str = "pdf"


class Binding:
    """Takes exhibits in order; what is drawn lies on disk, so memory does not grow with their number."""

    def __init__(self, *, at: datetime, mark: str) -> None:
        self.at, self.mark = at, mark
        self.bound: list[Bound] = []
        self.pages = 0
        self._places: list[Path] = []
        self._originals: list[tuple[str, Path]] = []
        self._waiting: list[tuple[Exhibit, _Drawn | Leaf, bytes | None, str]] = []
        self._weight = 0

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="bundle-")
        self.folder = Path(self._folder.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    @property
    def contents(self) -> list[dict[str, Any]]:
        """What is inside, as the bundle's row keeps it."""
        names = ("number", "group", "title", "name", "sha256", "pages", "first_page")
        return [
            {name: getattr(one, name) for name in names} | {"on": one.on.isoformat() if one.on else None}
            for one in self.bound
        ]

    def add(self, exhibit: Exhibit) -> None:
        """Put an exhibit behind those before it; sheets wait until there are enough to draw in one go."""
        content = exhibit.content
        if isinstance(content, Sheet):
            self._wait(exhibit, Leaf(exhibit.title, content, _pictures(content.picture_ids)))
        elif isinstance(content, OfFile):
            self._add_file(exhibit, content.file_id)
        elif isinstance(content, OfForm):
            self._wait(exhibit, _Drawn(self._form(content)))
        else:
            self._add_notice(exhibit, content)

    def close(self, named: Named) -> tuple[Path, Path]:
        """The hash list, the index in front, the stamps over all: the PDF and the archive."""
        self._draw()
        self._wait(_hash_list(self.bound), Leaf("校验值清单（SHA-256）", _hashes(self.bound)))
        self._draw()
        front = self._front(named)
        stamps, mark = numbers_pdf(self.pages), mark_pdf(self.mark)
        whole = self.folder / "whole.pdf"
        with whole.open("wb") as target:
            bind_stamped(self._parts(front), target, stamps=stamps, mark=mark, bookmarks=self._bookmarks())
        return whole, self._archive(whole)

    def _wait(
        self, exhibit: Exhibit, drawn: _Drawn | Leaf, original: bytes | None = None, ending: str = "pdf"
    ) -> None:
        self._waiting.append((exhibit, drawn, original, ending))
        if isinstance(drawn, Leaf):
            self._weight += sum(len(picture.content) for picture in drawn.pictures)
        else:
            self._weight += len(drawn.pages) + len(drawn.original or b"")
        if len(self._waiting) >= _MOST_WAITING or self._weight >= _HEAVIEST:
            self._draw()

    def _draw(self) -> None:
        """Draw the sheets that wait, and put everything that waits in its place."""
        leaves = [drawn for _exhibit, drawn, _original, _ending in self._waiting if isinstance(drawn, Leaf)]
        sheets = iter(sheets_pdf(leaves) if leaves else ())
        for exhibit, drawn, original, ending in self._waiting:
            self._put(exhibit, _Drawn(next(sheets), original, ending) if isinstance(drawn, Leaf) else drawn)
        self._waiting, self._weight = [], 0

    def _put(self, exhibit: Exhibit, drawn: _Drawn) -> None:
        number = len(self.bound) + 1
        name = safe_name(number, exhibit.title, drawn.ending)
        original = drawn.pages if drawn.original is None else drawn.original
        place = self._write(f"{number}.pdf", drawn.pages)
        self._places.append(place)
        kept = place if drawn.original is None else self._write(f"{number}.original", original)
        self._originals.append((name, kept))
        pages = count_pages(drawn.pages) or 0
        self.bound.append(
            Bound(
                number=number,
                group=exhibit.group.value,
                title=exhibit.title,
                kind=exhibit.kind,
                source=exhibit.source,
                proves=exhibit.proves,
                on=exhibit.on,
                name=name,
                sha256=hashlib.sha256(original).hexdigest(),
                pages=pages,
                first_page=self.pages + 1,
            )
        )
        self.pages += pages

    def _write(self, name: str, content: bytes) -> Path:
        place = self.folder / name
        place.write_bytes(content)
        return place

    def _add_notice(self, exhibit: Exhibit, content: OfNotice) -> None:
        """As it was printed; drawn now where it never was."""
        try:
            file = print_notice(content.notice_id, at=self.at)
        except Refused as refusal:
            self._wait(exhibit, Leaf(exhibit.title, Sheet((), (f"该文书无法打印：{refusal}",))))
            return
        printed = files.read(file)
        # The blank receipt at the end of the sheet stays with the house; what was signed is bound beside it.
        self._wait(exhibit, _Drawn(without_receipt(printed), printed))

    def _form(self, content: OfForm) -> bytes:
        on = timezone.localtime(self.at).date()
        return print_as_asked(application_id=content.application_id, on=on)

    def _add_file(self, exhibit: Exhibit, file_id: int) -> None:
        """The pages of a PDF, or a picture on a page of its own; what cannot be read is said."""
        file = files.StoredFile.objects.get(pk=file_id)
        content = files.read(file)
        ending = _ENDINGS.get(file.content_type, "bin")
        if file.content_type in files.IMAGES:
            self._wait(exhibit, Leaf(exhibit.title, Sheet(()), _pictures((file_id,))), content, ending)
        elif file.content_type == files.PDF and count_pages(content) is not None:
            self._wait(exhibit, _Drawn(content))
        else:
            note = f"附件“{file.name}”无法装订，原件见压缩包。"
            self._wait(exhibit, Leaf(exhibit.title, Sheet((), (note,))), content, ending)

    def _front(self, named: Named) -> bytes:
        """Drawn once; a second time only where the guess of its own length was wrong."""
        length = 1 + sum(map(pages_of, _lists(self.bound)))
        while True:
            bound = moved(self.bound, by=length)
            facts = (*named.facts, ("份数和页数", f"{len(bound)} 份，共 {self.pages + length} 页"))
            drawn = front_pdf(Cover(named.unit, facts, _NOTE), *_lists(bound))
            pages = count_pages(drawn) or 0
            if pages == length:
                break
            length = pages
        self.bound, self.pages = bound, self.pages + length
        return drawn

    def _parts(self, front: bytes) -> Iterator[bytes]:
        yield front
        for place in self._places:
            yield place.read_bytes()

    def _bookmarks(self) -> list[Bookmark]:
        inside = [Bookmark(f"{one.number} {one.title}", one.first_page - 1) for one in self.bound]
        return [Bookmark("证据清单", 0), *inside]

    def _archive(self, whole: Path) -> Path:
        target = self.folder / "whole.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, place in self._originals:
                archive.write(place, name)
            archive.write(whole, WHOLE)
            archive.writestr(SUMS, self._sums(whole))
        return target

    def _sums(self, whole: Path) -> str:
        with whole.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        lines = [f"{one.sha256}  {one.name}" for one in self.bound]
        return "\n".join([*lines, f"{digest}  {WHOLE}", ""])


def _line(one: Bound) -> tuple[str, ...]:
    return (str(one.number), one.title, one.kind, one.source, one.proves, str(one.on or ""), one.place)


def _lists(bound: list[Bound]) -> tuple[list[Table], list[Table]]:
    """What stands in front: the evidence by chapter, and the same by day."""
    chapters = [
        Table(group.value, _INDEX, tuple(_line(one) for one in bound if one.group == group.value))
        for group in Group
        if any(one.group == group.value for one in bound)
    ]
    days = tuple((str(one.on), one.title, str(one.number), one.place) for one in by_day(bound))
    return chapters, [Table("", ("日期", "事件", "序号", "页码"), days)]


def _hash_list(bound: list[Bound]) -> Exhibit:
    return Exhibit(
        group=Group.HASHES,
        title="校验值清单",
        proves="本卷各份证据自汇编之日起未被改动",
        source="系统计算",
        content=_hashes(bound),
    )


def _hashes(bound: list[Bound]) -> Sheet:
    rows = tuple((str(one.number), one.name, one.sha256) for one in bound)
    return Sheet((Table("", _HASHES, rows),))


def _pictures(file_ids: tuple[int, ...]) -> list[Picture]:
    found = {file.pk: file for file in files.StoredFile.objects.filter(pk__in=file_ids)}
    kept = [found[pk] for pk in file_ids if pk in found]
    return [
        Picture(file.name, file.sha256, file.content_type, files.read(file))
        for file in kept
        if file.content_type in files.IMAGES
    ]
