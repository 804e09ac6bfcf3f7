"""A copy of the database for what is too large to be taken back row by row: thrown away whole at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import connection

from config.bench.owner import Owner

_ELSEWHERE: Final = "postgres"
_CHECKED: Final = """
SELECT conrelid::regclass::text, conname FROM pg_constraint
 WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('f', 'x')
"""
_INDEXES: Final = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
 WHERE indrelid = ANY (%s::regclass[]) AND NOT indisunique AND NOT indisexclusion
"""


@contextmanager
def apart(owner: Owner) -> Iterator[Owner]:
    """Work in a copy of this database, and so does everything that is started meanwhile; its owner."""
    here = str(connection.settings_dict["NAME"])
    copy = f"{here}_apart"
    _run(owner, f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{here}"')
    try:
        _move(copy)
        there = Owner()
        try:
            yield there
        finally:
            there.close()
    finally:
        _move(here)
        _run(owner, f'DROP DATABASE IF EXISTS "{copy}"')


def unchecked(owner: Owner, tables: Sequence[str]) -> None:
    """Let tables of a copy be filled without what is checked and kept row by row: no reader misses it."""
    for table, name in owner.rows(_CHECKED, [list(tables)]):
        owner.run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for table in tables:
        owner.run(f"ALTER TABLE {table} DISABLE TRIGGER USER")


@contextmanager
def unindexed(owner: Owner, tables: Sequence[str]) -> Iterator[None]:
    """Their indexes come back afterwards, each at once."""
    indexes = owner.rows(_INDEXES, [list(tables)])
    for name, _made in indexes:
        owner.run(f"DROP INDEX {name}")
    yield
    for _name, made in indexes:
        owner.run(made)


def _run(owner: Owner, *statements: str) -> None:
    """Nobody may be in the database that is copied, nor in the one that is dropped."""
    connection.close()
    owner.close()
    settings = owner.connection.settings_dict
    here, settings["NAME"] = settings["NAME"], _ELSEWHERE
    try:
        for statement in statements:
            owner.run(statement)
        owner.close()
    finally:
        settings["NAME"] = here


def _move(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
