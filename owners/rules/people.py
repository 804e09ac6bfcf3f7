"""Names, identity numbers and telephone numbers as they stand together in one cell."""

import re
import unicodedata
from datetime import date
from typing import Final, NamedTuple

from owners.rules.cells import is_nothing, plain, text
from owners.rules.workbook import Cell, Phone, PhoneKind
from values.credit_code import is_credit_code

_STRONG = re.compile(r"[、,，;；/|\n\r]+")
_ANY = re.compile(r"[、,，;；/|\s]+")
_CJK_NAME = re.compile(r"[\u3400-\u9fff·]+")
_DEVELOPER = re.compile(r"开发商.{0,8}|未售|未出售|开发公司")
_ID18 = re.compile(r"[0-9]{17}[0-9X]")
_ID15 = re.compile(r"[0-9]{15}")
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(
    r"\(?(0(?:10|2[0-9]|[3-9][0-9]{2}))\)?[-\s]*([2-9][0-9]{2,3})[-\s]?([0-9]{4})(?:(?:转|-)([0-9]{1,6}))?"
)
_LOCAL = re.compile(r"[2-9][0-9]{6,7}|(?:400|800)[0-9]{7}")
_NOISE = re.compile(r"[\s\-.]")
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1[3-9][0-9]{9}$)")


class Names(NamedTuple):
    """What a cell of owners says; `clear` is False when the split is a guess that a person must check."""

    names: tuple[str, ...]
    developer: bool
    clear: bool


class Numbers(NamedTuple):
    """The readable numbers of a cell and the pieces that are none."""

    phones: tuple[Phone, ...]
    bad: tuple[str, ...]


def owner_names(cell: Cell) -> Names:
    """Split a cell of owners. A space between single characters is padding (张　三), not a border.

    >>> owner_names("罗欣涵、董建梓").names, owner_names("张　三").names, owner_names("张三 李四").names
    (('罗欣涵', '董建梓'), ('张三',), ('张三', '李四'))
    >>> owner_names("开发商未售")
    Names(names=(), developer=True, clear=True)
    """
    words = text(cell)
    if is_nothing(words):
        return Names((), False, True)
    if words.isalnum() and not _DEVELOPER.fullmatch(words):
        return Names((words,), False, True)
    if _DEVELOPER.fullmatch(plain(words)):
        return Names((), True, True)
    names: list[str] = []
    clear = True
    for piece in _STRONG.split(words):
        found, sure = _by_spaces(piece.split())
        names += found
        clear = clear and sure
    return Names(tuple(names), False, clear)


def _by_spaces(parts: list[str]) -> tuple[list[str], bool]:
    if len(parts) < 2:
        return parts, True
    if not all(_CJK_NAME.fullmatch(part) for part in parts):
        return [" ".join(parts)], True
    if all(len(part) == 1 for part in parts):
        return ["".join(parts)], len(parts) <= 4
    return parts, all(len(part) > 1 for part in parts)


def identity_numbers(cell: Cell) -> tuple[str, ...]:
    """The numbers of a cell in order, upper case; "" where people wrote 无 in between.

    >>> identity_numbers("990101198102170236、99010119560802834x")
    ('990101198102170236', '99010119560802834X')
    """
    words = text(cell)
    if is_nothing(words):
        return ()
    if words.isascii() and words.isalnum():
        return (words.upper(),)
    narrow = unicodedata.normalize("NFKC", words).upper()
    return tuple("" if is_nothing(piece) else piece for piece in _ANY.split(narrow.strip()) if piece)


def valid_identity(number: str) -> bool:
    """Whether a number can be a person's (GB 11643, 18 digits or the old 15) or an organisation's (GB 32100).

    >>> valid_identity("990101199008283706"), valid_identity("990101199008283707")
    (True, False)
    """
    if _ID18.fullmatch(number):
        total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
        return ("10X98765432"[total % 11] == number[17] and _is_day(number[6:14])) or is_credit_code(number)
    if _ID15.fullmatch(number):
        return _is_day("19" + number[6:12])
    return is_credit_code(number)


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def phone(words: str) -> Phone | None:
    """One number in its one form, or None.

    >>> phone("138 0000-4552").number, phone("0571-88006864").number, phone("(010)62345678").number
    ('13800004552', '0571-88006864', '010-62345678')
    >>> phone("88006864").kind, phone("1380000"), phone("+86 13800004552").number
    (<PhoneKind.LANDLINE: 'LANDLINE'>, None, '13800004552')
    """
    narrow = (
        words
        if words.isascii() and words.isdecimal()
        else unicodedata.normalize("NFKC", words).strip().replace("—", "-")
    )
    digits = _COUNTRY.sub("", _NOISE.sub("", narrow))
    if _MOBILE.fullmatch(digits):
        return Phone(PhoneKind.MOBILE, digits)
    landline = _LANDLINE.fullmatch(narrow)
    if landline is not None:
        extension = f"-{landline[4]}" if landline[4] else ""
        return Phone(PhoneKind.LANDLINE, f"{landline[1]}-{landline[2]}{landline[3]}{extension}")
    return Phone(PhoneKind.LANDLINE, digits) if _LOCAL.fullmatch(digits) else None


def phones(*cells: Cell) -> Numbers:
    """All numbers of one or several cells, each once, in order, and what could not be read.

    >>> [p.number for p in phones("13800002289/0571-88004187", 13800004552.0).phones]
    ['13800002289', '0571-88004187', '13800004552']
    >>> phones("1380000").bad
    ('1380000',)
    """
    good: list[Phone] = []
    bad: list[str] = []
    for cell in cells:
        for piece in _pieces(text(cell)):
            found = phone(piece)
            if found is None:
                bad.append(piece)
            elif found not in good:
                good.append(found)
    return Numbers(tuple(good), tuple(bad))


def _pieces(words: str) -> list[str]:
    """Cut at strong separators; at spaces only where the whole is no number but every part is one."""
    if not words or words.isdecimal():
        return [words] if words else []
    pieces: list[str] = []
    for piece in _STRONG.split(words):
        if is_nothing(piece.strip()):
            continue
        parts = piece.split()
        split = len(parts) > 1 and phone(piece) is None and all(phone(part) for part in parts)
        pieces += parts if split else [piece.strip()]
    return pieces
