"""Words of legal documents in the making: kinds, sections, fields, sources, why one is not ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenancy.people.words import SENTENCES, WORDS

DRAFTS = {
    "draft": _("Legal document"),
    "law_firm": _("Law firm"),
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
    "field.name": _("Name"),
    "field.credit_code": _("Unified social credit code"),
    "field.address": _("Address"),
    "field.legal_representative": _("Legal representative"),
    "field.post": _("Post"),
    "field.phone": _("Phone"),
    "field.agent": _("Agent in court"),
    "field.sex": _("Sex"),
    "field.born_on": _("Date of birth"),
    "field.id_kind": _("Kind of identity document"),
    "field.id_number": _("Identity number or credit code"),
    "field.domicile": _("Domicile"),
    "field.residence": _("Habitual residence"),
    "field.registered_address": _("Registered address"),
    "field.kind": _("Kind"),
    "field.ownership": _("Ownership"),
    "field.unit": _("Law firm or employer"),
    "field.authority": _("Authority"),
    "field.nation": _("Ethnic group"),
    "field.employer": _("Employer"),
    "field.third_party": _("Third party"),
    "field.court": _("Name of the court"),
    "field.firm": _("Law firm"),
    "field.lawyer": _("Lawyer"),
    "field.licence": _("Licence number"),
    "field.letter_number": _("Letter number of the firm"),
    "field.addressee": _("Addressee"),
    "field.service_address": _("Address for service"),
    "field.submitter": _("Submitted by"),
    "field.against": _("Other party"),
}
CLAIMS = {
    "field.late_fee_basis": _("Late fee that is claimed"),
    "field.principal_fen": _("Principal"),
    "field.late_fee_fen": _("Late fee"),
    "field.claimed": _("Claim this cost"),
    "field.until_paid": _("Also until actual payment"),
    "field.until_paid_standard": _("Standard of the calculation"),
    "field.court_costs": _("Claim the court costs"),
    "field.other_claims": _("Other claims"),
    "field.jurisdiction": _("Arbitration or a court was agreed"),
    "field.jurisdiction_text": _("Clause"),
    "field.preserved_before": _("Preserved before the suit"),
    "field.preserved_before_text": _("Court, day and number of the preservation"),
    "field.preserve_now": _("Ask for preservation now"),
    "field.mediation": _("Willing to mediate first"),
    "basis.CONTRACT": _("as agreed in the contract"),
    "basis.COURT_SAFE": _("as courts grant it"),
    "basis.NONE": _("none"),
}
FACTS = {
    "field.contract": _("Contract"),
    "field.area": _("Area"),
    "field.rate": _("Fee standard"),
    "field.handover_on": _("Handed over on"),
    "field.late_fee_formula": _("Calculation of the late fee"),
    "field.other_facts": _("Further facts"),
    "field.period_days": _("Days to pay from receipt"),
    "field.reservation": _("Reservation of rights"),
    "field.attachments": _("Attachments, one a line"),
    "field.listed": _("Stands in the list"),
    "field.no_other_dispute": _("There is no other dispute about debts"),
    "field.no_counter_duty": _("The applicant owes nothing in return"),
    "field.not_missing": _("The respondent is not missing and can be served"),
    "field.no_preservation": _("No preservation was applied for before"),
    "field.fact_contract": _("1 Contract: name, number, day, place"),
    "field.fact_parties": _("2 Who concluded it"),
    "field.fact_location": _("3 Property: location"),
    "field.fact_area": _("3 Property: area"),
    "field.fact_holder": _("3 Property: title holder"),
    "field.fact_standard": _("4 Fee standard"),
    "field.fact_service_from": _("5 Service from"),
    "field.fact_service_until": _("5 Service until"),
    "field.fact_went_on": _("5 Service went on afterwards"),
    "field.fact_payment": _("6 Way and time of payment"),
    "field.fact_late_fee_standard": _("7 Late fee standard"),
    "field.fact_owed": _("8 Fee owed and its calculation"),
    "field.fact_late_fee": _("9 Late fee and its calculation"),
    "field.fact_demands": _("10 Demands made"),
    "field.fact_other": _("11 Anything else"),
    "field.fact_basis": _("12 Basis: clause and law"),
    "field.fact_evidence": _("13 Evidence"),
    "field.copy": _("Original or copy"),
    "field.pages": _("Pages"),
    "field.source": _("Source"),
    "field.proves": _("Fact to prove"),
    "field.hash": _("SHA-256"),
    "field.place": _("Where it lies"),
    "field.remark": _("Remark"),
    "field.reference": _("Reference of the court"),
    "field.reason": _("Reason"),
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
    "draft.revealed": _("Opened a legal document with personal numbers"),
    "law_firm.saved": _("Saved a law firm"),
    "document": _("Document"),
    "version": _("Version"),
    "changed": _("Changed fields"),
    "notice": _("Paper"),
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
    "draft_firm_without_agreement": _(
        "No agreement on the processing of data is in force with this law firm: it may not be given any."
    ),
    "draft_no_evidence": _("The list is empty."),
    "draft_answered": _("The court has answered: after service nothing can be withdrawn."),
    "draft_field_missing": _("This field must be filled."),
    "draft_statement_denied": _("A payment order needs this statement; without it only a suit is left."),
    "draft_court_of_another_place": _("The court of the debtor's home is {court}."),
}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (DRAFTS, SECTIONS, PARTIES, CLAIMS, FACTS, SOURCES, LACKS, AUDIT):
        for key, word in words.items():
            WORDS.setdefault(key, word)
    SENTENCES.update(SAID)
