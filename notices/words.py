"""Words of the outbox: kinds, channels, states, ways of delivery; and why a notice did not go out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

KINDS = {
    "BILL_NOTICE": _("Bill notice"),
    "PRE_DUE": _("Reminder before the due day"),
    "REMINDER": _("Reminder"),
    "DEMAND": _("Demand"),
    "SECOND_DEMAND": _("Second demand"),
    "LAWYER_LETTER": _("Lawyer letter"),
    "PAYMENT_ORDER_APPLICATION": _("Payment order application"),
    "PAYMENT_ORDER_WITHDRAWAL": _("Withdrawal of the payment order application"),
    "COMPLAINT": _("Complaint"),
    "EVIDENCE_LIST": _("List of evidence"),
    "ENFORCEMENT_APPLICATION": _("Enforcement application"),
    "INSTALMENT_PLAN": _("Instalment agreement"),
    "RELIEF_NEWS": _("News of an application"),
    "INSTALMENT_DUE": _("Reminder of an instalment"),
    "DEFERRAL_ENDS": _("Reminder of a deferral's end"),
    "TICKET_ANSWER": _("Answer to an objection"),
}
CHANNELS = {"SMS": _("SMS"), "EMAIL": _("E-mail"), "PAPER": _("Paper"), "WECHAT": _("WeChat")}
STATES = {
    "QUEUED": _("Queued"),
    "SENDING": _("Sending"),
    "SENT": _("Sent"),
    "DELIVERED": _("Delivered"),
    "FAILED": _("Failed"),
    "UNKNOWN": _("Fate unknown"),
    "SKIPPED": _("Skipped"),
    "WITHDRAWN": _("Withdrawn"),
    "RETRY": _("To be tried again"),
}
METHODS = {
    "HAND": _("Handed over"),
    "EMS": _("EMS"),
    "REGISTERED_MAIL": _("Registered mail"),
    "MAILBOX": _("Mailbox"),
    "DOOR_POST": _("At the door, sealed"),
    "BULLETIN": _("Notice board"),
}
RESULTS = {
    "SIGNED": _("Signed for"),
    "REFUSED": _("Refused"),
    "LEFT_WITH_PHOTO": _("Left there, with photo"),
    "ACCEPTED": _("Posted, on its way"),
    "RECEIPT": _("Receipt of the platform"),
    "RETURNED": _("Came back"),
}
RECEIVERS = {
    "OWNER": _("Owner"),
    "ADULT_CORESIDENT": _("Adult of the same household"),
    "AGENT": _("Agent"),
    "OTHER": _("Other"),
    "NONE": _("Nobody, or not known"),
}
OTHERS = {
    "notice_round": _("Print round"),
    "delivery.recorded": _("Recorded a delivery"),
    "notice.settled": _("Settled what became of a message"),
    "notice": _("Notice"),
    "on": _("Day"),
    "count": _("Count"),
    "method": _("Way"),
    "result": _("Result"),
}
FIELDS = {
    "in_text.company": _("The company's signature"),
    "in_text.community": _("Community"),
    "in_text.unit": _("Room"),
    "in_text.amount": _("What is owed, in yuan, with the late fee named"),
    "in_text.due_on": _("Last day to pay"),
    "in_text.days_late": _("Days late"),
    "in_text.as_of": _("The day the amount is of"),
    "in_text.phone": _("Telephone of the service centre"),
    "in_text.place": _("Place of the service centre"),
    "in_text.code": _("The log-in code"),
    "in_text.minutes": _("How many minutes it holds"),
    "in_text.ticket": _("Number of the ticket"),
    "in_text.finding": _("What was found, in a word"),
    "in_text.answer": _("The answer in full"),
    "in_text.until": _("Last day to reply"),
    "PORTAL_CODE": _("Log-in code of the owner portal"),
    "template": _("Template"),
    "template.revised": _("Changed a template"),
    "version": _("Version"),
}
WRONG_TEXTS = {
    "missing_fields": _("The text must name these fields: {fields}."),
    "unknown_fields": _("These fields do not exist here: {fields}."),
    "broken_placeholder": _("The brackets of a field are not closed near “{near}”."),
    "text_empty": _("Write a text."),
    "text_too_long": _("The text is too long; at most {most} characters."),
    "subject_not_for_sms": _("An SMS has no subject."),
    "lint.cuts_service": _("“{phrase}”: nobody's services are cut, and it is not threatened."),
    "lint.limits_access": _("“{phrase}”: nobody's access is limited, and it is not threatened."),
    "lint.credit_threat": _("“{phrase}”: a property company cannot touch anybody's credit record."),
    "lint.fine": _("“{phrase}”: a property company cannot fine anybody."),
    "lint.public_law_word": _("“{phrase}” is a word of the authorities; a contract has a late fee."),
    "lint.insult": _("“{phrase}” insults the owner."),
    "lint.public_shaming": _("“{phrase}”: nobody's debt is made public."),
    "lint.third_party": _("“{phrase}”: a debt is nobody else's business."),
    "lint.threat": _("“{phrase}” is a threat."),
    "lint.late_fee_without_clause": _(
        "“{phrase}”: not every contract has a late fee. The field of the amount names it where there is one."
    ),
    "lint.signature_missing": _("An SMS begins with the signature 【company】, two to twelve characters."),
}
WRONG_ENTRIES = {
    "cannot_be_signed": _("Nobody signs this way: choose what was left there, or another way."),
    "mail_is_not_left": _("What the post carries is not left with a photo; choose what the carrier reports."),
    "photo_needed": _("What is left at a door or in a mailbox needs a photo."),
    "left_for_nobody": _("What is left there nobody receives: choose nobody."),
    "receiver_needed": _("Say who signed."),
    "receiver_name_needed": _("Write the name of who signed."),
    "relation_needed": _("Write how this person is related to the owner."),
    "waybill_needed": _("Write the number of the waybill."),
    "handed_over_by_needed": _("Write who handed it over."),
}
REASONS = {
    "replaced": _("A newer version of the paper took its place."),
    "paid": _("A payment came meanwhile and changed the amount."),
    "no_channel": _("There is no number or address to send it to."),
    "contact_void": _("The number or address is void or wrong."),
    "contact_does_not_fit": _("The number or address does not fit this channel."),
    "sms_cap_day": _("Enough messages for one day; the next may go on {next_on}."),
    "sms_cap_week": _("Enough messages for one week; the next may go on {next_on}."),
    "quiet_hours": _("Messages rest outside {windows}."),
    "told_not_delivered": _("Looked up at the provider: not delivered. {detail}"),
    "sms_not_delivered": _("The provider reports: not delivered. {detail}"),
    "lease_expired": _("The worker stopped while it was sending."),
    "mail_server_unreachable": _("The mail server could not be reached: {detail}"),
    "mailbox_refused": _("The mail server refused the address: {detail}"),
    "mail_refused": _("The mail server refused the message: {detail}"),
    "address_invalid": _("The address cannot be used: {detail}"),
    "sms_unreachable": _("The SMS provider could not be reached: {detail}"),
    "sms_no_answer": _("The SMS provider did not say whether it took the message: {detail}"),
    "sms_busy": _("The SMS provider was busy: {detail}"),
    "sms_refused": _("The SMS provider refused the message: {detail}"),
    "never_sent": _("The provider never had it."),
    "gateway_refused": _("The gateway refused it: {detail}"),
}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (KINDS, CHANNELS, STATES, METHODS, RESULTS, RECEIVERS, OTHERS, FIELDS):
        WORDS.update(words)
    SENTENCES.update(REASONS)
    SENTENCES.update(WRONG_TEXTS)
    SENTENCES.update(WRONG_ENTRIES)
