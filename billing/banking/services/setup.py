"""Set up where money comes in: bank accounts and the ways their statements are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from billing.banking.models import BankAccount, StatementProfile
from billing.banking.queries.profiles import profile_by_code
from billing.banking.rules.profiles import BUILT_IN, DELIMITERS, ENCODINGS, FIELDS, Profile
from owners.queries import community_card
from tenancy.kernel.crypto import fingerprint
from tenancy.kernel.errors import Conflict, Refused
from tenancy.people.services import audit

_TAIL = 4
_SAMPLE = date(2026, 11, 22)


class BadNumber(Refused):
    """No bank's number."""

    code = "banking.bad_number"


class AccountKnown(Conflict):
    """The company has this bank account already."""

    code = "banking.account_known"


class BadProfile(Refused):
    """A profile that could read no statement."""

    code = "banking.bad_profile"


class ProfileKnown(Conflict):
    """A profile with this code is there."""

    code = "banking.profile_known"


def add_bank_account(*, community_id: int, name: str, bank: str, number: str, profile_code: str) -> int:
    """A receiving account of a community, and how its statements are read."""
    community = community_card(community_id)
    digits = "".join(number.split())
    if not (digits.isascii() and digits.replace("-", "").isalnum() and 6 <= len(digits) <= 40):
        raise BadNumber(_("This is no number of a bank account."), field="number")
    profile = profile_by_code(profile_code)
    hashed = fingerprint(digits)
    if BankAccount.objects.filter(number_hash=hashed).exists():
        raise AccountKnown(_("This bank account is set up already."), field="number")
    account = BankAccount.objects.create(
        community_id=community.id, name=name, bank=bank, number=digits, number_hash=hashed,
        tail=digits[-_TAIL:], profile_code=profile.code,
    )  # fmt: skip
    audit.record("bank_account.added", kind="bank_account", pk=account.pk, community=community.name)
    return int(account.pk)


def add_profile(
    *,
    code: str,
    name: str,
    file_format: str,
    columns: Mapping[str, Sequence[str]],
    encoding: str = "gb18030",
    delimiter: str = ",",
    date_format: str = "%Y-%m-%d",
) -> int:
    """A way of the company's own to read statements."""
    named = {field: [word.strip() for word in words if word.strip()] for field, words in columns.items()}
    kept = {field: tuple(words) for field, words in named.items() if words and field in FIELDS}
    profile = Profile(code, name, file_format, kept, encoding, delimiter, date_format)
    _check(profile)
    if code in BUILT_IN or StatementProfile.objects.filter(code=code).exists():
        raise ProfileKnown(_("A profile with this code is there already."), field="code")
    row = StatementProfile.objects.create(
        code=code, name=name, file_format=file_format, encoding=encoding, delimiter=delimiter,
        date_format=date_format, columns={field: list(words) for field, words in kept.items()},
    )  # fmt: skip
    audit.record("statement_profile.added", kind="statement_profile", pk=row.pk, code=code)
    return int(row.pk)


def _check(profile: Profile) -> None:
    if profile.lacks():
        raise BadProfile(
            _("A statement needs columns for the day, the amount and the bank's number."), field="date"
        )
    if profile.encoding not in ENCODINGS or profile.delimiter not in DELIMITERS:
        raise BadProfile(_("This encoding or separator is not known."), field="encoding")
    said = _SAMPLE.strftime(profile.date_format)
    try:
        same = datetime.strptime(said, profile.date_format).date() == _SAMPLE  # noqa: DTZ007 - a day
    except ValueError:
        same = False
    if not same:
        raise BadProfile(
            _("This form of days is not known: it names year, month and day."), field="date_format"
        )
