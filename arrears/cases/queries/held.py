"""Accounts that something holds on a day: nobody asks a bank for their money."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from arrears.cases.models import Hold

_NO_HARM = (Hold.Kind.NO_CONTACT,)  # who must not be rung may still be debited


def held_accounts(on: date) -> set[int]:
    """Disputed, deferred, claimed to be paid, before a court: the accounts' ids."""
    found = Hold.objects.filter(
        Q(to_on=None) | Q(to_on__gte=on), Q(released_on=None) | Q(released_on__gt=on), from_on__lte=on
    )
    return set(found.exclude(kind__in=_NO_HARM).values_list("account_id", flat=True))
