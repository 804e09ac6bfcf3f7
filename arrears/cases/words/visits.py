"""Words of the visit at the door: why nobody goes alone, who signs, and why a hold keeps people away."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

SPOKEN: dict[str, str | Promise] = {
    "signer.OWNER": _("The owner"),
    "signer.ADULT_CORESIDENT": _("An adult who lives there"),
    "signer.AGENT": _("An agent"),
}
TOLD: dict[str, str | Promise] = {
    "not_delivered": _("It does not count as delivered."),
    "two_persons": _("This owner refuses to pay: two persons go. Name the second one."),
    "two_persons_at_work": _("Two persons go to a workplace. Name the second one."),
    "signer_needed": _("Say who signed: the owner, an adult who lives there, or an agent."),
    "signer_name_needed": _("Write the name of who signed."),
    "signer_relation_needed": _("Write what the person who signed is to the owner."),
    "visit_held": _("A hold stood on that day ({kind}): nobody speaks to the owner meanwhile."),
}


def speak() -> None:
    """Add these words to the company's vocabulary."""
    WORDS.update(SPOKEN)
    SENTENCES.update(TOLD)
