"""Files under MEDIA_ROOT: checked by content, stored by hash, served with safe headers."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import threading
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tenancy.kernel.errors import Refused
from tenancy.kernel.scope import current_tenant_id, current_user_id
from tenancy.people.models import StoredFile as StoredFile  # the type that callers in other apps hold
from values.plain import plain

PDF, XLSX, JPEG, PNG = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "image/jpeg",
    "image/png",
)
_PACKED = b"PK\x03\x04"
_MAGIC = {PDF: b"%PDF-", XLSX: _PACKED, JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
IMAGES = (JPEG, PNG)
_ENDINGS = {
    PDF: (".pdf",),
    XLSX: (".xlsx",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
}
_ENDING = re.compile(r"\.[0-9A-Za-z]{1,5}$")
CSV, ZIP, XML = "text/csv", "application/zip", "application/xml"
_TEXT_LOOKED_AT = 64 * 1024
# What holds the numbers of bank accounts: only who may see the bank opens it.
OF_THE_BANK = frozenset({"statement", "channel", "mandate", "debit_batch", "debit_return"})
# What holds a whole case leaves by its own door only, where its day and its reader are written down.
BY_OWN_DOOR = frozenset({"evidence_bundle"})
EXPORT, ROUND = "list_export", "notice_round"


class FileNotAccepted(Refused):
    code = "file.not_accepted"


class FileTooLarge(Refused):
    code = "file.too_large"


def store(
    content: bytes, *, name: str, purpose: str, accept: tuple[str, ...], community_id: int | None
) -> StoredFile:
    """Keep a file whose first bytes are of an accepted type. Refuses anything else.

    It belongs to a community where what it is kept for does (None: to the company): who has no sight of the
    community has none of the file.
    """
    if len(content) > settings.MAX_UPLOAD_BYTES:
        raise FileTooLarge(_("The file is larger than allowed."), field="file")
    content_type = next((kind for kind in accept if _is(kind, content)), None)
    if content_type is None:
        raise FileNotAccepted(_("This kind of file is not accepted here."), field="file")
    digest = hashlib.sha256(content).hexdigest()
    path = f"{current_tenant_id()}/{digest[:2]}/{digest}"
    _write(Path(settings.MEDIA_ROOT) / path, content)
    file: StoredFile = StoredFile.objects.create(
        name=safe_name(name, content_type),
        content_type=content_type,
        size=len(content),
        sha256=digest,
        path=path,
        purpose=purpose,
        community_id=community_id,
        uploaded_by_id=current_user_id(),
    )
    return file


def safe_name(name: str, content_type: str) -> str:
    """The name as it was given, without what turns text around, under the ending of what it really is.

    >>> safe_name("../证明.html", PDF)
    '证明.pdf'
    >>> safe_name("\u202egnp.水表 2026.10.JPEG", JPEG)
    'gnp.水表 2026.10.JPEG'
    """
    shown = plain(Path(name).name, lines=False)
    endings = _ENDINGS.get(content_type, ())
    if not endings or shown.lower().endswith(endings):
        return shown[-200:] or "file"
    stem = _ENDING.sub("", shown) or "file"
    return stem[: 200 - len(endings[0])] + endings[0]


def _is(kind: str, content: bytes) -> bool:
    """By the first bytes; text has none of its own, and no zero bytes."""
    if kind == CSV:
        start = content[:_TEXT_LOOKED_AT]
        return bool(start.strip()) and b"\0" not in start and not start.startswith(tuple(_MAGIC.values()))
    if kind == XML:
        return content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml")
    return content.startswith(_PACKED if kind == ZIP else _MAGIC[kind])


def keep(source: Path, *, name: str, purpose: str, content_type: str, community_id: int | None) -> StoredFile:
    """Take over a file that we made ourselves, of any size, without reading it into memory."""
    with source.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    path = f"{current_tenant_id()}/{digest[:2]}/{digest}"
    size = source.stat().st_size
    _take(source, Path(settings.MEDIA_ROOT) / path)
    file: StoredFile = StoredFile.objects.create(
        name=Path(name).name[:200],
        content_type=content_type,
        size=size,
        sha256=digest,
        path=path,
        purpose=purpose,
        community_id=community_id,
        uploaded_by_id=current_user_id(),
    )
    return file


def is_its_makers(file: StoredFile) -> bool:
    """What was put together from what one person sees: an export, papers of several communities."""
    return file.purpose == EXPORT or (file.purpose == ROUND and file.community_id is None)


def read(file: StoredFile) -> bytes:
    """The bytes of a stored file."""
    return location(file).read_bytes()


def location(file: StoredFile) -> Path:
    """Where a stored file lies."""
    return Path(settings.MEDIA_ROOT, file.path)


def _part(path: Path) -> Path:
    """A name of one's own: two requests of one process may store the same content at once."""
    return path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _part(path)
    temporary.write_bytes(content)
    temporary.replace(path)


def _take(source: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _part(path)
    shutil.move(source, temporary)
    temporary.replace(path)
