"""Words of units, people and contacts; and why a row of an import is rejected or worth a look."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

KINDS = {
    "ROOM": _("Flat"),
    "SHOP": _("Shop"),
    "BAY": _("Parking bay"),
    "PERSON": _("Person"),
    "ORGANISATION": _("Organisation"),
    "DEVELOPER": _("Developer"),
    "MOBILE": _("Mobile"),
    "LANDLINE": _("Landline"),
}
HANDOVERS = {
    "TAKEN_OVER": _("Taken over"),
    "NOT_TAKEN_OVER": _("Not taken over"),
    "UNSOLD": _("Unsold"),
    "BY_DAY": _("From the day of handover"),
    "NEXT_MONTH": _("From the month after handover"),
}
OCCUPANCIES = {
    "OCCUPIED": _("Lived in"),
    "LET": _("Let"),
    "RENOVATING": _("Being renovated"),
    "VACANT": _("Stands empty"),
    "OWNED": _("Owned"),
    "RENTED": _("Rented"),
    "OTHER": _("Other"),
}
PEOPLE = {
    "OWNER": _("Owner"),
    "OCCUPANT": _("Occupant"),
    "contact.GOOD": _("Works"),
    "contact.UNCHECKED": _("Not tried yet"),
    "contact.VOID": _("Out of service"),
    "contact.WRONG": _("Wrong number"),
}
IMPORTS = {"REGISTER": _("House register"), "import": _("Import")}
ACTIONS = {
    "community.created": _("Created a community"),
    "community.edited": _("Edited a community"),
    "contact.added": _("Added a contact"),
    "contact.marked": _("Marked a contact"),
    "contact.verified": _("Verified a contact"),
    "BY_CALL": _("By calling it"),
    "AT_COUNTER": _("At the counter"),
    "how": _("How"),
    "legacy_issue.added": _("Recorded a legacy issue"),
    "legacy_issue.closed": _("Closed a legacy issue"),
    "import.register": _("Imported a house register"),
    "import.arrears": _("Imported a list of arrears"),
    "unit.edited": _("Edited a unit"),
    "unit.handed_over": _("Recorded a change of owner"),
    "unit.payer_agreed": _("Recorded that an occupant pays"),
    "unit.payer_ended": _("Recorded that an occupant pays no more"),
}
FIELDS = {
    "area": _("Area"),
    "usage": _("Usage"),
    "floor": _("Floor"),
    "handover_on": _("Handover day"),
    "handover": _("Handover"),
    "occupancy": _("Occupancy"),
    "location": _("Location"),
    "plate": _("Number plate"),
    "linked_unit": _("Belongs to"),
    "remark": _("Remark"),
    "owner": _("Owner"),
    "phones": _("Phones"),
    "identity": _("Identity number"),
    "rate": _("Price"),
}
REASONS = {
    "no_register": _("No sheet has the columns of a register."),
    "column_missing": _("A column is missing without which the sheet cannot be read."),
    "price_period": _("The prices of this column are not monthly."),
    "no_building": _("The building is missing or cannot be read."),
    "no_room": _("The room is missing."),
    "room_bad": _("The room cannot be read, or contradicts building and entrance."),
    "duplicate": _("This one stands in the file already."),
    "no_area": _("The area is missing."),
    "area_zero": _("The area is not above zero."),
    "area_text_bad": _("The area cannot be read as a number."),
    "bad_date": _("The date cannot be read."),
    "rate_bad": _("The price cannot be read."),
    "floor_bad": _("The floor cannot be read."),
    "future_handover": _("The handover lies in the future."),
    "unknown_usage": _("The usage is not known; taken as other."),
    "unknown_status": _("The status is not known; taken as lived in or not from the other columns."),
    "too_long": _("The text is too long and was cut."),
    "no_owner": _("Nobody is named as owner."),
    "owner_unclear": _("The names may be split wrongly; check them."),
    "id_count": _("There are more or fewer identity numbers than names."),
    "bad_id": _("The identity number fails its check digit."),
    "bad_phone": _("This is no telephone number."),
    "no_bay": _("The number of the bay is missing or too long."),
    "fee_bad": _("The fee cannot be read."),
    "unknown_tenure": _("The tenure of the bay is not known; taken as other."),
    "unit_unknown": _("There is no such unit."),
    "owner_unknown": _("There is no owner of this number on the owners' sheet."),
    "fee_unknown": _("There is no fee of this number on the fees' sheet."),
    "fee_dates": _("There are not as many starting days as fees."),
    "formula_unknown": _("This way of calculating a fee is not known."),
    "building_unknown": _("This building and entrance are not on the buildings' sheet."),
    "month_bad": _("The month cannot be read."),
    "months_reversed": _("The last month lies before the first."),
    "months_differ": _("The number of months is not that of the period."),
    "amount_bad": _("The amount cannot be read or is not above zero."),
    "amount_mismatch": _("The amount is not months times the monthly fee."),
    "future_month": _("The month lies in the future."),
    "sheet_ignored": _("A sheet without known columns was left aside."),
    "sheet_hidden": _("A hidden sheet was left aside."),
    "column_ignored": _("A column that is not known was left aside."),
    "total_row": _("A row of totals was left aside."),
    "row_ignored": _("A row that holds no unit was left aside."),
    "owner_differs": _("Other owners are recorded. Record a change of owner on the unit if that is true."),
    "unit_rejected": _("The unit it belongs to was rejected, so it belongs to none yet."),
    "fee_one_off": _("A one-off fee is not charged by the month and was left out."),
    "cycle_unknown": _("Only cycles of 1, 2, 3, 6 or 12 months are possible; the fee was left out."),
    "fee_twice": _("The unit pays this fee item already; the second price was left out."),
    "fee_ended": _("The fee ends before it starts; it was left out."),
    "no_debtor": _("Nobody is known to own this unit."),
    "item_unknown": _("There is no fee item of this name."),
    "opening_differs": _("Other opening arrears are recorded for these months; they stay as they are."),
    "already_billed": _("Months of this row were billed already and are not charged again."),
    "no_contract_then": _("No contract was in force in months of this row: they bear no late fee."),
}
PREFIX = "import."
SETTINGS = {
    "set.branch": _("Branch"),
    "set.service_phone": _("Telephone of the service centre"),
    "set.service_place": _("Place of the service centre"),
    "set.service_hours": _("Opening hours"),
    "set.handover_rule": _("When the developer's duty ends"),
}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (KINDS, HANDOVERS, OCCUPANCIES, PEOPLE, IMPORTS, ACTIONS):
        for code, word in words.items():
            WORDS.setdefault(code, word)
    WORDS.update(SETTINGS)
    WORDS.update({f"{PREFIX}{code}": word for code, word in FIELDS.items()})
    SENTENCES.update({f"{PREFIX}{code}": text for code, text in REASONS.items()})
