"""Words of legal documents in the making: kinds, sections, fields, sources, why one is not ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenancy.people.words import SENTENCES, WORDS

DRAFTS = {
    "draft": _("Legal document"),
    "law_firm": _("Law firm"),
    "firm.AGREED": _("in force"),
    "firm.NOT_AGREED": _("not in force: no data may be given"),
    "small_claim.APPLIES": _("one instance decides"),
    "small_claim.BY_AGREEMENT": _("one instance, if both agree"),
    "small_claim.NO": _("too high for small claims"),
    "small_claim.UNKNOWN": _("the average wage of the province is not noted"),
    "draft.OPEN": pgettext_lazy("a document", "being written"),
    "draft.FINISHED": pgettext_lazy("a document", "finished"),
    "draft.DROPPED": pgettext_lazy("a document", "dropped"),
}
SECTIONS = {
    "section.firm": _("Law firm"),
    "section.addressee": _("Addressee"),
    "section.claims": _("Claims"),
    "section.facts": _("Facts and reasons"),
    "section.demand": _("Demand"),
    "section.attachments": _("Attachments"),
    "section.applicant": _("Applicant"),
    "section.respondent": _("Respondent"),
    "section.court": _("Court"),
    "section.statements": _("Statements"),
    "section.evidence": _("Evidence and its sources"),
    "section.plaintiff": _("Plaintiff"),
    "section.agent": _("Agent in court"),
    "section.defendant": _("Defendant"),
    "section.third_party": _("Third party"),
    "section.agreed": _("Agreed jurisdiction, preservation"),
    "section.closing": _("Closing"),
    "section.head": _("Parties"),
    "section.item": _("Item of evidence"),
}
PARTIES = {
    "draft_field.name": _("Name"),
    "draft_field.credit_code": _("Unified social credit code"),
    "draft_field.address": _("Address"),
    "draft_field.legal_representative": _("Legal representative"),
    "draft_field.post": _("Post"),
    "draft_field.phone": _("Phone"),
    "draft_field.agent": _("Agent in court"),
    "draft_field.sex": _("Sex"),
    "draft_field.born_on": _("Date of birth"),
    "draft_field.id_kind": _("Kind of identity document"),
    "draft_field.id_number": _("Identity number or credit code"),
    "draft_field.domicile": _("Domicile"),
    "draft_field.residence": _("Habitual residence"),
    "draft_field.registered_address": _("Registered address"),
    "draft_field.kind": _("Kind"),
    "draft_field.ownership": _("Ownership"),
    "draft_field.unit": _("Law firm or employer"),
    "draft_field.authority": _("Authority"),
    "draft_field.nation": _("Ethnic group"),
    "draft_field.employer": _("Employer"),
    "draft_field.third_party": _("Third party"),
    "draft_field.court": _("Name of the court"),
    "draft_field.firm": _("Law firm"),
    "draft_field.lawyer": pgettext_lazy("person", "Lawyer"),
    "draft_field.licence": _("Licence number"),
    "draft_field.letter_number": _("Letter number of the firm"),
    "draft_field.addressee": _("Addressee"),
    "draft_field.service_address": _("Address for service"),
    "draft_field.submitter": _("Submitted by"),
    "draft_field.against": _("Other party"),
}
CLAIMS = {
    "draft_field.late_fee_basis": _("Late fee that is claimed"),
    "draft_field.principal_fen": _("Principal"),
    "draft_field.late_fee_fen": _("Late fee"),
    "draft_field.claimed": _("Claim this cost"),
    "draft_field.until_paid": _("Also until actual payment"),
    "draft_field.until_paid_standard": _("Standard of the calculation"),
    "draft_field.court_costs": _("Claim the court costs"),
    "draft_field.other_claims": _("Other claims"),
    "draft_field.jurisdiction": _("Arbitration or a court was agreed"),
    "draft_field.jurisdiction_text": _("Clause"),
    "draft_field.preserved_before": _("Preserved before the suit"),
    "draft_field.preserved_before_text": _("Court, day and number of the preservation"),
    "draft_field.preserve_now": _("Ask for preservation now"),
    "draft_field.mediation": _("Willing to mediate first"),
    "basis.CONTRACT": _("as agreed in the contract"),
    "basis.COURT_SAFE": _("as courts grant it"),
    "basis.NONE": _("none"),
}
FACTS = {
    "draft_field.contract": _("Contract"),
    "draft_field.area": _("Area"),
    "draft_field.rate": _("Fee standard"),
    "draft_field.handover_on": _("Handed over on"),
    "draft_field.late_fee_formula": _("Calculation of the late fee"),
    "draft_field.acknowledged": _("Plan that was signed and broken"),
    "draft_field.other_facts": _("Further facts"),
    "draft_field.period_days": _("Days to pay from receipt"),
    "draft_field.reservation": _("Reservation of rights"),
    "draft_field.attachments": _("Attachments, one a line"),
    "draft_field.listed": _("Stands in the list"),
    "draft_field.no_other_dispute": _("There is no other dispute about debts"),
    "draft_field.no_counter_duty": _("The applicant owes nothing in return"),
    "draft_field.not_missing": _("The respondent is not missing and can be served"),
    "draft_field.no_preservation": _("No preservation was applied for before"),
    "draft_field.fact_contract": _("1 Contract: name, number, day, place"),
    "draft_field.fact_parties": _("2 Who concluded it"),
    "draft_field.fact_location": _("3 Property: location"),
    "draft_field.fact_area": _("3 Property: area"),
    "draft_field.fact_holder": _("3 Property: title holder"),
    "draft_field.fact_standard": _("4 Fee standard"),
    "draft_field.fact_service_from": _("5 Service from"),
    "draft_field.fact_service_until": _("5 Service until"),
    "draft_field.fact_went_on": _("5 Service went on afterwards"),
    "draft_field.fact_payment": _("6 Way and time of payment"),
    "draft_field.fact_late_fee_standard": _("7 Late fee standard"),
    "draft_field.fact_owed": _("8 Fee owed and its calculation"),
    "draft_field.fact_late_fee": _("9 Late fee and its calculation"),
    "draft_field.fact_demands": _("10 Demands made"),
    "draft_field.fact_other": _("11 Anything else"),
    "draft_field.fact_basis": _("12 Basis: clause and law"),
    "draft_field.fact_evidence": _("13 Evidence"),
    "draft_field.copy": _("Original or copy"),
    "draft_field.pages": pgettext_lazy("of a paper", "Pages"),
    "draft_field.source": _("Source"),
    "draft_field.proves": _("Fact to prove"),
    "draft_field.hash": _("SHA-256"),
    "draft_field.place": _("Where it lies"),
    "draft_field.remark": _("Remark"),
    "draft_field.reference": _("Reference of the court"),
    "draft_field.reason": _("Reason"),
}
SOURCES = {
    "source.COMPANY": _("from the company's data"),
    "source.CONTRACT": _("from the contract and the tariff"),
    "source.OWNERS": _("from the register of owners"),
    "source.LEDGER": _("from the ledger"),
    "source.PROOF": _("from what was done and delivered"),
    "source.COURT": _("from the domicile and the filing"),
    "source.FIRM": _("from the law firms"),
    "source.LAW": _("as the law says"),
    "source.NOTE": _("as legal noted at the gate; empty: nobody has yet"),
    "source.PERSON": _("to be written by a person"),
}
LACKS = {
    "lacks.legal_representative": _("who represents the company is not known"),
    "lacks.contract_copy": _("a copy of the contract and its filing"),
    "lacks.handover": _("the day of the hand-over"),
    "lacks.display_photo": _("a photo of the tariff as displayed"),
    "lacks.area_proof": _("the proof of the area"),
    "lacks.bills": _("bills"),
    "lacks.service_records": _("records of the service"),
    "lacks.not_printed": _("its PDF was not drawn yet"),
    "lacks.all": _("nothing of it is there"),
}
AUDIT = {
    "draft.opened": _("Began a legal document"),
    "draft.saved": _("Edited a legal document"),
    "draft.finished": _("Finished a legal document"),
    "draft.reopened": _("Reopened a legal document"),
    "draft.dropped": _("Dropped a legal document"),
    "draft.unconfirmed": _("Finished a legal document with checks unconfirmed"),
    "draft.revealed": _("Opened a legal document with personal numbers"),
    "law_firm.saved": _("Saved a law firm"),
    "checks": _("Unconfirmed checks"),
    "document": _("Document"),
    "version": _("Version"),
}
SAID = {
    "paper_finished": _("{rung}: the paper {number} is finished."),
    "paid_before_service": _(
        "All was paid while the application is pending: withdraw it before the order is served."
    ),
    "draft_no_such_field": _("This document has no such field."),
    "draft_not_yes_or_no": _("Answer yes or no."),
    "draft_no_choice": _("Choose one of the list."),
    "draft_too_long": _("At most {most} characters."),
    "draft_no_day": _("Write a day such as 2026-03-31."),
    "draft_no_amount": _("Write an amount in yuan, such as 2520.24."),
    "draft_beyond_owed": _("More than is owed and covered cannot be claimed."),
    "draft_forbidden": _("This must not be said: {phrase}"),
    "draft_nothing_claimed": _("Nothing is claimed: all of it was paid or given up."),
    "draft_disputed": _("An objection is open. Answer it first."),
    "draft_held": _("A hold stands on this account. Release it first."),
    "draft_firm_without_agreement": _(
        "No agreement on the processing of data is in force with this law firm: it may not be given any."
    ),
    "draft_no_evidence": _("The list is empty."),
    "draft_answered": _("The court has answered: after service nothing can be withdrawn."),
    "draft_unconfirmed": _("To be confirmed before it is finished: {checks}. Or say that you go on without."),
    "draft_field_missing": _("This field must be filled."),
    "draft_statement_denied": _("A payment order needs this statement; without it only a suit is left."),
    "draft_court_of_another_place": _(
        "Only the court of the domicile issues the order, {court}, unless legal writes at G7 why not."
    ),
    "draft_court_unproven": _(
        "The domicile names no court: write it in full, or legal writes at G7 why this one issues it."
    ),
}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (DRAFTS, SECTIONS, PARTIES, CLAIMS, FACTS, SOURCES, LACKS, AUDIT):
        for key, word in words.items():
            WORDS.setdefault(key, word)
    SENTENCES.update(SAID)
