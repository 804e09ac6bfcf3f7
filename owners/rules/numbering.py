"""The numbers that documents carry."""

from __future__ import annotations


def document_number(kind: str, community_code: str, year: int, sequence: int) -> str:
    """{type}-{project}-{yyyy}-{seq6}, gapless per type, project and year (domain section 4).

    >>> document_number("BILL", "JX", 2026, 17)
    'BILL-JX-2026-000017'
    """
    return f"{kind}-{community_code}-{year}-{sequence:06d}"
