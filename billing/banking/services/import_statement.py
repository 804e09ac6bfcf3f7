"""Read a bank's statement: all of it, or nothing and what is wrong with which line."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Final, NamedTuple, Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.banking.models import BankAccount, StatementFile
from billing.banking.queries.candidates import Transfer
from billing.banking.queries.profiles import profile_by_code
from billing.banking.rules.profiles import CSV, Profile
from billing.banking.rules.statement import (
    MOST_ERRORS,
    Error,
    NotText,
    Received,
    Row,
    Wrong,
    read,
    text_rows,
)
from billing.banking.services import matching
from owners.rules.search import name_key
from owners.rules.workbook import Sheet
from tenancy.kernel import sql
from tenancy.kernel.crypto import encrypt, fingerprint
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.models import StoredFile
from tenancy.people.services import audit, files
from tenancy.people.words import WORDS
from values.near import is_near

PACKAGE: Final = "billing.banking"
PURPOSE: Final = "statement"
_BLOCK: Final = 5000
_TAIL: Final = 4
Opener = Callable[[bytes], Sequence[Sheet]]


class Watcher(Protocol):
    """Who is told how far it is."""

    def start(self, total: int) -> None: ...

    def step(self, done: int) -> None: ...


class StatementBad(Refused):
    """The file is not what the profile promises; `lines` say where and why."""

    code = "banking.statement_bad"

    def __init__(self, errors: Sequence[Error]) -> None:
        first = errors[0]
        shown = {"row": first.row, "column": first.column or "—", "why": WORDS[f"statement.{first.code}"]}
        text = _("Row %(row)s, column %(column)s: %(why)s. Nothing was imported.") % shown
        lines = [{"row": e.row, "column": e.column, "code": e.code.value, "value": e.value} for e in errors]
        super().__init__(text, field="file", lines=lines)


class StatementKnown(Conflict):
    """The very same file was imported before."""

    code = "banking.statement_known"


class Imported(NamedTuple):
    """What a statement brought."""

    statement_id: int
    lines: int
    known: int
    amount_fen: int
    proposed: int
    suspense: int


@dataclass(slots=True)
class _Tally:
    """What was read so far."""

    lines: int = 0
    known: int = 0
    amount_fen: int = 0
    first_on: date | None = None
    last_on: date | None = None
    errors: list[Error] = field(default_factory=list)
    fates: Counter[str] = field(default_factory=Counter)

    def count(self, block: Sequence[Received]) -> None:
        """Add new lines."""
        days = [line.on for line in block]
        self.lines += len(block)
        self.amount_fen += sum(line.amount_fen for line in block)
        self.first_on = min([*days, *([self.first_on] if self.first_on else [])], default=None)
        self.last_on = max([*days, *([self.last_on] if self.last_on else [])], default=None)


@transaction.atomic
def import_statement(
    *,
    bank_account_id: int,
    content: bytes,
    name: str,
    opener: Opener,
    at: datetime,
    file: StoredFile | None = None,
    progress: Watcher | None = None,
) -> Imported:
    """Import the file of a bank account and match what is new. Serials that are known are left out, counted.

    `opener` opens a workbook; `file`: where the content is kept already. Refuses a file with any line that
    cannot be read, and one that was read before.
    """
    bank_account = BankAccount.objects.select_for_update().filter(pk=bank_account_id).first()
    if bank_account is None:
        raise NotFound(_("There is no such bank account."), field="bank_account")
    profile = profile_by_code(bank_account.profile_code)
    digest = hashlib.sha256(content).hexdigest()
    refuse_known(digest)
    if progress is not None:
        progress.start(content.count(b"\n"))
    kept = file or files.store(
        content,
        name=name,
        purpose=PURPOSE,
        accept=(accepted(bank_account),),
        community_id=bank_account.community_id,
    )
    statement = StatementFile.objects.create(
        community_id=bank_account.community_id, bank_account=bank_account, file=kept, sha256=digest,
        profile_code=profile.code, imported_by_id=current_user_id(), imported_at=at,
    )  # fmt: skip
    reopened = matching.reopen(bank_account_id)
    lines = read(_rows(content, profile, opener), profile)
    tally = _keep(statement, lines, today=timezone.localtime(at).date(), progress=progress)
    if not tally.lines + tally.known:
        raise StatementBad([Error(0, "", Wrong.EMPTY, "")])
    for column in ("lines", "known", "amount_fen", "first_on", "last_on"):
        setattr(statement, column, getattr(tally, column))
    statement.save(update_fields=["lines", "known", "amount_fen", "first_on", "last_on"])
    audit.record(
        "statement.imported", kind="statement", pk=statement.pk, rows=tally.lines, known=tally.known,
        amount_fen=tally.amount_fen,
    )  # fmt: skip
    matched = matching.note(bank_account_id, tally.fates, reopened=reopened)
    return Imported(
        statement.pk, tally.lines, tally.known, tally.amount_fen, matched.proposed, matched.suspense
    )


def refuse_known(digest: str) -> None:
    """StatementKnown where the very same file was read."""
    if StatementFile.objects.filter(sha256=digest).exists():
        raise StatementKnown(_("This very file was imported before. Nothing was changed."), field="file")


def accepted(bank_account: BankAccount) -> str:
    """The type of file that an account's bank writes."""
    profile = profile_by_code(bank_account.profile_code)
    return files.CSV if profile.file_format == CSV else files.XLSX


def _rows(content: bytes, profile: Profile, opener: Opener) -> Iterable[Row]:
    if profile.file_format == CSV:
        return text_rows(BytesIO(content), profile)
    try:
        sheets = [sheet for sheet in opener(content) if not sheet.hidden]
    except ValueError as error:
        raise StatementBad([Error(0, "", Wrong.NOT_TEXT, "")]) from error
    return sheets[0].rows() if sheets else ()


def _keep(
    statement: StatementFile,
    found: Iterable[Received | Error],
    *,
    today: date,
    progress: Watcher | None = None,
) -> _Tally:
    tally = _Tally()
    try:
        for block in _blocks(found, tally, today):
            _insert(statement, block, tally)
            if progress is not None:
                progress.step(tally.lines + tally.known)
    except NotText as error:
        raise StatementBad([Error(0, "", Wrong.NOT_TEXT, "")]) from error
    if tally.errors:
        raise StatementBad(tally.errors)
    return tally


def _blocks(found: Iterable[Received | Error], tally: _Tally, today: date) -> Iterator[list[Received]]:
    block: list[Received] = []
    for one in found:
        if isinstance(one, Error):
            tally.errors.append(one)
        elif not is_near(one.on, to=today):
            tally.errors.append(Error(one.row, "", Wrong.DATE_BAD, one.on.isoformat()))
        elif one.on > today:
            tally.errors.append(Error(one.row, "", Wrong.DATE_FUTURE, one.on.isoformat()))
        else:
            block.append(one)
        if len(tally.errors) >= MOST_ERRORS:
            return
        if len(block) == _BLOCK:
            yield block
            block = []
    if block:
        yield block


def _insert(statement: StatementFile, block: list[Received], tally: _Tally) -> None:
    """Read, decide, write. Known serials are left out, unless they said something else before."""
    asked = {
        "bank_account_id": statement.bank_account_id,
        "file_id": statement.pk,
        "serials": [line.serial for line in block],
    }
    known = {serial: rest for serial, *rest in sql.rows(PACKAGE, "known_lines", asked)}
    fresh: dict[str, Received] = {}
    for line in block:
        before = known.get(line.serial)
        if line.serial in fresh or (before is not None and before[2]):
            tally.errors.append(Error(line.row, "", Wrong.SERIAL_TWICE, line.serial))
        elif before is None:
            fresh[line.serial] = line
        elif before[:2] == [line.on, line.amount_fen]:
            tally.known += 1
        else:
            tally.errors.append(Error(line.row, "", Wrong.SERIAL_DIFFERS, line.serial))
    if fresh and not tally.errors:
        lines = list(fresh.values())
        fates = matching.decide_block(list(map(_transfer, lines)), community_id=statement.community_id)
        tally.count(lines)
        tally.fates.update(fate.state for fate in fates.values())
        decided = matching.columns([fates[line.row] for line in lines])
        sql.run(PACKAGE, "insert_lines", {**_columns(statement, lines), **decided})


def _transfer(line: Received) -> Transfer:
    """As it is matched; it has no id yet, so its row in the file stands for it."""
    return Transfer(
        line.row, line.on, line.amount_fen, line.payer, _hash(line.account), line.serial, line.remark
    )


def _hash(account: str) -> str:
    return fingerprint(name_key(account))


def _columns(statement: StatementFile, lines: Sequence[Received]) -> dict[str, object]:
    return {
        "community_id": statement.community_id,
        "bank_account_id": statement.bank_account_id,
        "file_id": statement.pk,
        "rows": [line.row for line in lines],
        "days": [line.on for line in lines],
        "amounts_fen": [line.amount_fen for line in lines],
        "payers": [line.payer for line in lines],
        "accounts": [encrypt(line.account) for line in lines],
        "hashes": [_hash(line.account) for line in lines],
        "tails": [line.account[-_TAIL:] for line in lines],
        "serials": [line.serial for line in lines],
        "remarks": [line.remark for line in lines],
    }
