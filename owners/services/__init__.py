"""Use cases of owners, one file each."""

from owners.services.communities import CommunityFields, create_community, edit_community, lock_community
from owners.services.contacts import (
    WAYS_TO_VERIFY,
    ContactKnown,
    NotANumber,
    add_contact,
    mark_contact,
    reveal_contact,
    verify_contact,
)
from owners.services.hand_over import NewHolder, hand_over
from owners.services.numbers import take_numbers
from owners.services.payers import agree_payer, end_payer
from owners.services.units import add_legacy_issue, close_legacy_issue, edit_unit, note_legacy_issues

__all__ = [
    "WAYS_TO_VERIFY",
    "CommunityFields",
    "ContactKnown",
    "NewHolder",
    "NotANumber",
    "add_contact",
    "add_legacy_issue",
    "agree_payer",
    "close_legacy_issue",
    "create_community",
    "edit_community",
    "edit_unit",
    "end_payer",
    "hand_over",
    "lock_community",
    "mark_contact",
    "note_legacy_issues",
    "reveal_contact",
    "take_numbers",
    "verify_contact",
]
