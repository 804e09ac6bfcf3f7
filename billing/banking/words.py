"""The codes of banking in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_STATES: dict[str, str | Promise] = {
    "NEW": pgettext_lazy("a transfer", "New"),
    "PROPOSED": _("Proposed"),
    "MATCHED": _("Booked"),
    "SUSPENSE": _("In suspense"),
    "NOT_OURS": _("Not ours"),
}
_MATCH: dict[str, str | Promise] = {
    "match.room": _("Room in the remark"),
    "match.room_short": _("Room number without building"),
    "match.room_one_of": _("Room number that several units have"),
    "match.payer": _("Payer holds the unit"),
    "match.named": _("Holder named in the remark"),
    "match.known_account": _("Paid from this account before"),
    "match.all_owed": _("Exactly what is owed"),
    "match.one_bill": _("Exactly one bill"),
    "match.principal": _("Exactly the principal"),
    "match.moved_out": _("Account is closed"),
    "match.booked": _("Booked before under this number"),
    "suspense.nobody": _("Nothing points to a unit"),
    "suspense.too_weak": _("Too little points to one unit"),
    "suspense.equals": _("Several units fit equally well"),
    "suspense.booked_differs": _("Another amount is booked under this number"),
}
_STATEMENT: dict[str, str | Promise] = {
    "statement.no_header": _("the columns of the profile were not found"),
    "statement.not_text": _("the file cannot be read in the profile's format"),
    "statement.empty": _("no money that came in was found"),
    "statement.date_bad": _("no day in the profile's form"),
    "statement.date_future": _("a day that has not come yet"),
    "statement.amount_bad": _("no amount in whole fen"),
    "statement.amount_negative": _("a negative amount"),
    "statement.two_sides": _("money in and money out in one row"),
    "statement.side_unknown": _("neither money in nor money out"),
    "statement.serial_missing": _("the bank's number is missing"),
    "statement.serial_twice": _("the bank's number stands twice"),
    "statement.serial_differs": _("this number came with another day or amount before"),
    "statement.currency": _("another currency than yuan"),
    "statement.too_long": _("too long"),
    "statement.other_day": _("a row of another day"),
    "statement.order_missing": _("the merchant's order number is missing"),
    "statement.status_unknown": _("an unknown kind of row"),
    "statement.summary_missing": _("the summary is missing: the file was cut off"),
    "statement.summary_differs": _("the summary does not agree with the rows"),
    "statement.not_zip": _("the archive cannot be read"),
    "statement.too_large": _("the archive unpacks to more than a day can hold"),
}
_CHANNELS: dict[str, str | Promise] = {
    "WECHAT": _("WeChat Pay"),
    "ALIPAY": _("Alipay"),
    "outcome.MATCHED": _("Agrees"),
    "outcome.CHANNEL_ONLY": _("Money without a payment"),
    "outcome.SYSTEM_ONLY": _("Payment without money"),
    "outcome.AMOUNT_DIFF": _("Amounts differ"),
    "outcome.STATUS_DIFF": _("States differ"),
    "outcome.DUPLICATE": _("Twice"),
    "outcome.DATE_SHIFT": _("A day apart"),
    "exception.OPEN": pgettext_lazy("an exception", "Open"),
    "exception.ANSWERED": _("Waits for review"),
    "exception.CLOSED": pgettext_lazy("an exception", "Closed"),
    "channel_file": _("Day of a channel"),
    "channel.reconciled": _("Reconciled a day of a channel"),
    "channel_exception": _("Exception"),
    "channel_exception.answered": _("Answered an exception"),
    "channel_exception.returned": _("Sent an answer back"),
    "channel_exception.closed": _("Closed an exception"),
    "closure": _("What was done"),
    "exceptions": _("Exceptions"),
    "fee_fen": _("Channel's fee"),
}
_AUDIT: dict[str, str | Promise] = {
    "bank_account": _("Bank account"),
    "bank_account.added": _("Set up a bank account"),
    "bank_line": _("Transfer"),
    "bank_line.confirmed": _("Booked a transfer from the bank's statement"),
    "bank_line.kept": _("Kept a transfer in suspense"),
    "bank_line.set_aside": _("Set a transfer aside as not ours"),
    "statement": _("Bank statement"),
    "statement.imported": _("Imported a bank statement"),
    "statement.matched": _("Matched transfers"),
    "statement_profile": _("Statement profile"),
    "statement_profile.added": _("Added a statement profile"),
    "known": _("Known before"),
    "proposed": _("Proposed"),
    "matched": _("Booked"),
    "suspense": _("In suspense"),
    "CSV": _("Text (CSV)"),
    "XLSX": _("Excel"),
}
WORDS: dict[str, str | Promise] = {**_STATES, **_MATCH, **_STATEMENT, **_CHANNELS, **_AUDIT}
