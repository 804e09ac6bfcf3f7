"""Words of the limitation clock: what restarts it, what does not and why, what follows when it runs out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

KINDS = {
    "clock.DEMAND": _("Demand proved by hand"),
    "clock.ACKNOWLEDGEMENT": _("The debtor agreed to pay"),
    "clock.PROCEEDING": _("Court proceeding"),
    "clock.SUSPENSION": _("Possible suspension of limitation"),
    "clock.VOID": _("Entry taken back"),
    "clock.RUNNING": _("Running"),
    "clock.IN_PROCEEDING": _("Stands while the court decides"),
    "clock.EXPIRED": _("Expired"),
    "EMS_DEMAND": _("Demand by EMS"),
}
PROOFS = {
    "proof.MESSAGE_AGREED": _("Message to the agreed address (WeChat, e-mail, SMS)"),
    "proof.MEDIATION_REQUEST": _("Request to a people's mediation committee"),
    "proof.NEWSPAPER": _("Notice in a national or provincial newspaper"),
    "proof.SIGNED_PAPER": _("Paper that the debtor signed"),
    "proof.WRITTEN_PROMISE": _("Written promise (message, letter)"),
    "proof.RECORDED_PROMISE": _("Recorded promise (call, talk)"),
    "proof.SUSPENSION": _("Flag: possible suspension (Civil Code art. 194)"),
}
DECISIONS = {
    "decided.CLAIM": _("May be claimed all the same"),
    "decided.LEAVE": _("Stays out of the legal rungs"),
}
TOLD = {
    "alert.90": _("90 days before expiry"),
    "alert.30": _("30 days before expiry: file?"),
    "alert.0": _("Expired"),
}
STEPS = {
    "limitation.demand": _("Demand by EMS"),
    "limitation.deliver": _("Record the delivery"),
    "limitation.file": _("Decide on filing"),
    "limitation.decide": _("A lawyer decides"),
    "limitation.claim": _("May be claimed all the same"),
    "limitation.leave": _("Stays out of the legal rungs"),
    "within.180": _("Expires within 180 days"),
    "within.90": _("Expires within 90 days"),
    "within.30": _("Expires within 30 days"),
    "within.0": _("Expired"),
}
AUDIT = {
    "clock.proved": _("Proved an interruption of limitation"),
    "clock.taken_back": _("Took back a proof of interruption"),
    "clock.demanded": _("Made a demand because of limitation"),
    "clock.decided": _("Decided on expired charges"),
    "proof": _("Proof"),
    "decision": _("Decision"),
    "ems_demands_asked": _("Demands by EMS asked for"),
    "ems_demands_ended": _("Demands by EMS no longer needed"),
    "limitation_alerts": _("Limitation alerts"),
}
WHY_NOT = {
    "clock_failed": _("It was not sent."),
    "clock_only_sent": _("It was sent; nothing proves that it arrived."),
    "clock_not_out": _("It has not left the house yet."),
    "clock_bulletin": _("A notice on a board reaches nobody in person."),
    "clock_came_back": _("It came back or could not be handed over."),
    "clock_no_receipt": _("No receipt of the platform shows that it arrived."),
    "clock_no_agreed_address": _(
        "The address was not agreed for service; that a message arrived there is no proof."
    ),
    "clock_only_left": _("It was only left at the door or in the mailbox."),
    "clock_refused_elsewhere": _("It was refused, but not at the agreed address and by mail."),
    "clock_signed_by_stranger": _("Somebody else signed who does not stand for the debtor."),
    "clock_not_proved": _("The evidence does not show who received it."),
    "clock_arrived_before": _("The same paper had arrived before; the first day counts."),
    "clock_before_due": _("It lies before the due day of {due_on}; the clock starts then."),
    "clock_after_expiry": _(
        "It came after the clock had run out; only a new agreement would revive the claim."
    ),
    "clock_taken_back": _("The entry was taken back."),
    "clock_suspension": _("A flag only: it adds no days; a lawyer says what follows from it."),
    "clock_own_credit": _("Credit that we used ourselves; the debtor did nothing that day."),
    "clock_payment_reversed": _("The payment was taken back."),
}
MISSING = {
    "proof_no_agreed_address": _(
        "The contract must name the address; a message elsewhere proves no arrival."
    ),
    "proof_not_arrived": _("Only a receipt or an answer shows that it arrived."),
    "proof_debtor_not_missing": _("A newspaper counts only when nobody knows where the debtor is."),
    "proof_not_by_debtor": _("It must come from the debtor, a joint debtor or an authorised person."),
    "proof_secret_recording": _("A recording counts only when the other side knew of it."),
    "proof_not_described": _("Write what the proof shows, with names and where it is kept."),
    "proof_without_file": _("Attach the proof: a screenshot, a scan or a transcript."),
    "limitation_near": _("The clock of a charge runs out on {last_on}: send a demand by EMS with receipt."),
}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (KINDS, PROOFS, DECISIONS, TOLD, STEPS, AUDIT):
        WORDS.update(words)
    for sentences in (WHY_NOT, MISSING):
        SENTENCES.update(sentences)
