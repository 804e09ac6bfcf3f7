"""An owner's log-in: a one-time code to a phone, a key for the code, and what the key opens."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core import signing
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from tenancy.kernel.crypto import encrypt, fingerprint, token_hash
from tenancy.kernel.errors import Refused
from tenancy.people.models import PortalCode, PortalGrant, PortalIdentity, PortalToken
from tenancy.people.queries.portal import TICKET

CODE_LIVES = timedelta(minutes=5)
KEY_LIVES = timedelta(days=30)
TICKET_LIVES = timedelta(minutes=5)
MAX_TRIES = 5
CODES_KEPT = timedelta(days=2)
# (window, how many requests in it): a phone is not to be rung at all day, an address serves many phones.
PER_PHONE = ((timedelta(minutes=1), 1), (timedelta(hours=1), 5), (timedelta(days=1), 10))
PER_ADDRESS = ((timedelta(minutes=1), 10), (timedelta(days=1), 200))
_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")


class NotAPhone(Refused):
    code = "portal.not_a_phone"


class TooManyCodes(Refused):
    code = "portal.too_many_codes"
    status = 429


class WrongCode(Refused):
    code = "portal.wrong_code"


class Found(NamedTuple):
    """A party in a company that a phone belongs to."""

    tenant_id: int
    party_id: int


class Key(NamedTuple):
    """An owner's key. The text is told once and not kept."""

    text: str
    expires_at: datetime


def mobile(text: str) -> str:
    """A mainland mobile number as its eleven digits; NotAPhone otherwise.

    >>> mobile("+86 138-0013-8000"), mobile("１３８００１３８０００")
    ('13800138000', '13800138000')
    """
    match = _MOBILE.fullmatch(re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)))
    if match is None:
        raise NotAPhone(_("Enter a mobile phone number of eleven digits."), field="phone")
    return match.group(1)


def ask_for_code(*, phone: str, address: str, at: datetime) -> int:
    """Count one request for a code by `mobile` phone and network address, whoever they are.

    Returns its id; TooManyCodes (retry_after: seconds) when either has asked too often.
    """
    phone_hash, address_hash = fingerprint(phone), fingerprint(address)
    PortalCode.objects.filter(created_at__lt=at - CODES_KEPT).delete()
    with transaction.atomic():
        # Always the phone first: two requests that share one of the two cannot wait for each other in a ring.
        _queue_up(phone_hash, address_hash)
        _allow(PortalCode.objects.filter(phone_hash=phone_hash), PER_PHONE, at)
        _allow(PortalCode.objects.filter(address_hash=address_hash), PER_ADDRESS, at)
        asked = PortalCode.objects.create(
            phone_hash=phone_hash, address_hash=address_hash, expires_at=at + CODE_LIVES, created_at=at
        )
    return asked.pk


def make_code(*, request_id: int, phone: str, found: Collection[Found]) -> str:
    """The six digits for a counted request. Only their hash is kept, with the parties they will open."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    PortalCode.objects.filter(pk=request_id).update(
        code_hash=_code_hash(phone, code), found=[list(one) for one in sorted(found)]
    )
    return code


def make_no_code(*, request_id: int) -> None:
    """What a phone that opens nothing gets: a hash of nothing, so that its log-in takes the same way."""
    PortalCode.objects.filter(pk=request_id).update(code_hash=token_hash(secrets.token_urlsafe(32)))


def log_in(*, phone: str, code: str, at: datetime) -> Key:
    """Trade the newest code of a phone for a key. WrongCode says the same whatever was wrong.

    A code dies by its fifth try, its use, its age, or a newer one. The identity's grants become what the
    code found: a party whose phone was taken away since the last log-in is no longer opened.
    """
    sent = PortalCode.objects.filter(phone_hash=fingerprint(phone)).exclude(code_hash="")
    row = sent.order_by("-pk").first()
    if row is None:
        raise _wrong_code()
    alive = PortalCode.objects.filter(pk=row.pk, used_at=None, expires_at__gt=at, tries__lt=MAX_TRIES)
    # The try is counted before the comparison, and committed by itself: guesses in parallel all count.
    tried = alive.update(tries=F("tries") + 1)
    if not tried or not secrets.compare_digest(row.code_hash, _code_hash(phone, code)):
        raise _wrong_code()
    with transaction.atomic():
        if not PortalCode.objects.filter(pk=row.pk, used_at=None).update(used_at=at):
            raise _wrong_code()
        return _new_key(phone, [Found(*one) for one in row.found], at)


def ticket(*, key: str, path: str, at: datetime) -> Key:
    """What opens one paper for a few minutes: a phone's viewer fetches it by address, without the key.

    It dies with the key it was made from.
    """
    token_id = PortalToken.objects.values_list("pk", flat=True).get(key_hash=token_hash(key))
    expires_at = at + TICKET_LIVES
    return Key(signing.dumps([token_id, path, int(expires_at.timestamp())], salt=TICKET), expires_at)


def log_out(*, key: str) -> None:
    """Make a key useless at once."""
    PortalToken.objects.filter(key_hash=token_hash(key)).delete()


def withdraw_grants(*, tenant_id: int, party_ids: Collection[int], phone_hash: str = "") -> int:
    """Close parties of a company to the portal at once; for one phone's fingerprint, or for all. How many."""
    grants = PortalGrant.objects.filter(tenant_id=tenant_id, party_id__in=list(party_ids))
    if phone_hash:
        grants = grants.filter(identity__phone_hash=phone_hash)
    return grants.delete()[0]


def _queue_up(*names: str) -> None:
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"portal code {name}"])


def _allow(asked: QuerySet[PortalCode], limits: tuple[tuple[timedelta, int], ...], at: datetime) -> None:
    moments = list(asked.order_by("-created_at").values_list("created_at", flat=True)[: limits[-1][1]])
    for window, most in limits:
        # The window is full while the request that was `most` ones ago still lies in it.
        if len(moments) >= most and moments[most - 1] > at - window:
            wait = int((moments[most - 1] + window - at).total_seconds()) + 1
            raise TooManyCodes(_("Too many codes were asked for. Please try again later."), retry_after=wait)


def _code_hash(phone: str, code: str) -> str:
    return token_hash(f"portal code {phone} {code}")


def _wrong_code() -> WrongCode:
    return WrongCode(_("This code is not valid or has expired. Ask for a new one."), field="code")


def _new_key(phone: str, found: Collection[Found], at: datetime) -> Key:
    identity, _made = PortalIdentity.objects.update_or_create(
        phone_hash=fingerprint(phone),
        defaults={"last_login_at": at},
        create_defaults={"last_login_at": at, "phone": encrypt(phone)},
    )
    PortalGrant.objects.filter(identity=identity).delete()
    PortalGrant.objects.bulk_create(
        [PortalGrant(identity=identity, tenant_id=one.tenant_id, party_id=one.party_id) for one in found]
    )
    PortalToken.objects.filter(identity=identity, expires_at__lte=at).delete()
    text = secrets.token_urlsafe(32)
    key = PortalToken.objects.create(identity=identity, key_hash=token_hash(text), expires_at=at + KEY_LIVES)
    return Key(text, key.expires_at)
