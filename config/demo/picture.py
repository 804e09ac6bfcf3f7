"""Small pictures: a closed envelope at a door, and a name signed with a finger."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable
from functools import cache

_WIDTH, _HEIGHT = 160, 120
_INK, _GLASS = b"\x00\x00\x00", b"\xff\xff\xff"
_WALL, _DOOR, _PAPER = b"\xd8\xd4\xcc", b"\x7a\x5a\x3c", b"\xf8\xf8\xf4"


@cache
def photo_of_a_door() -> bytes:
    """A PNG of 160 x 120 pixels: a wall, a door, a white envelope on it."""
    return _png(_pixel)


@cache
def stroke_of_a_pen() -> bytes:
    """A PNG of the same size: black waves on white, as people sign."""
    return _png(_stroke)


def _png(pixel: Callable[[int, int], bytes]) -> bytes:
    rows = b"".join(b"\x00" + b"".join(pixel(x, y) for x in range(_WIDTH)) for y in range(_HEIGHT))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _stroke(x: int, y: int) -> bytes:
    wave = 60 + 26 * math.sin(x / 9) * math.cos(x / 31)
    return _INK if 14 <= x < 146 and abs(y - wave) < 2.5 else _GLASS


def _pixel(x: int, y: int) -> bytes:
    if 66 <= x < 94 and 48 <= y < 66:
        return _PAPER
    return _DOOR if 45 <= x < 115 and y >= 15 else _WALL


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
