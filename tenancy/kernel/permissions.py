"""The role table: who may do what, on one screen. Roles are domain.md 3.2's, plus company_admin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What a door names on its front."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    OWNER = "owner"

    TODAY_SEE = "today.see"
    UNIT_SEE = "unit.see"
    UNIT_EDIT = "unit.edit"
    CONTACT_REVEAL = "contact.reveal"
    IMPORT_RUN = "import.run"
    TARIFF_SEE = "tariff.see"
    TARIFF_EDIT = "tariff.edit"
    METER_READ = "meter.read"
    BILL_SEE = "bill.see"
    BILL_RUN = "bill.run"
    PAYMENT_SEE = "payment.see"
    PAYMENT_TAKE = "payment.take"
    PAYMENT_BACKDATE = "payment.backdate"
    REFUND_PAY = "refund.pay"
    WAIVER_ASK = "waiver.ask"
    COST_BOOK = "cost.book"
    CASH_SEE = "cash.see"
    CASH_REVIEW = "cash.review"
    CASH_SIGN = "cash.sign"
    BANK_SEE = "bank.see"
    BANK_EDIT = "bank.edit"
    BANK_REVIEW = "bank.review"
    INVOICE_SEE = "invoice.see"
    INVOICE_ASK = "invoice.ask"
    INVOICE_ISSUE = "invoice.issue"
    CASE_SEE = "case.see"
    CASE_ASSIGN = "case.assign"
    SHEET_SEE = "sheet.see"
    SHEET_SIGN = "sheet.sign"
    MEETING_MINUTE = "meeting.minute"
    CASE_REBASE = "case.rebase"
    CASE_RELAX = "case.relax"
    DEVIATION_SEE = "deviation.see"
    CALL_LOG = "call.log"
    VISIT_LOG = "visit.log"
    ROUND_PLAN = "round.plan"
    ROUND_WALK = "round.walk"
    HOLD_SET = "hold.set"
    RELIEF_ASK = "relief.ask"
    TICKET_SEE = "ticket.see"
    TICKET_OPEN = "ticket.open"
    TICKET_ANSWER = "ticket.answer"
    NOTICE_SEE = "notice.see"
    NOTICE_PRINT = "notice.print"
    NOTICE_SETTLE = "notice.settle"
    TEMPLATE_EDIT = "template.edit"
    DELIVERY_SEE = "delivery.see"
    DELIVERY_RECORD = "delivery.record"
    APPROVAL_SEE = "approval.see"
    APPROVAL_DECIDE = "approval.decide"
    APPROVAL_ANSWER = "approval.answer"
    LEGAL_SEE = "legal.see"
    FILING_RECORD = "filing.record"
    CLOCK_RECORD = "clock.record"
    CLOCK_DECIDE = "clock.decide"
    BUNDLE_EXPORT = "bundle.export"
    DRAFT_EDIT = "draft.edit"
    REVIEW_WRITE = "review.write"
    LADDER_SEE = "ladder.see"
    LADDER_EDIT = "ladder.edit"
    LADDER_TRY = "ladder.try"
    QUIET_EDIT = "quiet.edit"
    REPORT_SEE = "report.see"
    DASHBOARD_SEE = "dashboard.see"
    TARGET_EDIT = "target.edit"
    JOB_SEE = "job.see"
    FILE_SEE = "file.see"
    LIST_EXPORT = "list.export"
    COMPANY_SEE = "company.see"
    COMPANY_EDIT = "company.edit"
    STAFF_SEE = "staff.see"
    STAFF_EDIT = "staff.edit"
    TOKEN_EDIT = "token.edit"  # noqa: S105 - a permission's name, not a secret
    AUDIT_SEE = "audit.see"


class Role(StrEnum):
    """Parts that a member plays in a company."""

    COLLECTOR = "collector"
    TEAM_LEAD = "team_lead"
    CASHIER = "cashier"
    PATROL = "patrol"
    PROJECT_MANAGER = "project_manager"
    BRANCH_GM = "branch_gm"
    FINANCE = "finance"
    LEGAL = "legal"
    CS_SUPERVISOR = "cs_supervisor"
    COMPANY_ADMIN = "company_admin"
    AUDITOR = "auditor"


P = Permission

_EVERYONE = {P.SIGNED_IN, P.TODAY_SEE, P.JOB_SEE}
_LOOK = {
    P.UNIT_SEE, P.BILL_SEE, P.PAYMENT_SEE, P.CASE_SEE, P.NOTICE_SEE, P.DELIVERY_SEE, P.TARIFF_SEE,
    P.LADDER_SEE, P.REPORT_SEE, P.FILE_SEE, P.COMPANY_SEE, P.INVOICE_SEE, P.TICKET_SEE,
}  # fmt: skip
# Whole lists leave the house only with those who answer for them; each export stands in the audit trail.
_DESK = _LOOK | {
    P.CONTACT_REVEAL,
    P.CALL_LOG,
    P.VISIT_LOG,
    P.ROUND_PLAN,
    P.ROUND_WALK,
    P.DELIVERY_RECORD,
    P.NOTICE_PRINT,
    P.NOTICE_SETTLE,
    P.WAIVER_ASK,
    P.SHEET_SEE,
    P.RELIEF_ASK,
    P.TICKET_OPEN,
}
_ANSWER = {P.APPROVAL_SEE, P.APPROVAL_ANSWER}
_DECIDE = _ANSWER | {P.APPROVAL_DECIDE}

ROLES: dict[Role, frozenset[Permission]] = {
    role: frozenset(_EVERYONE | permissions)
    for role, permissions in {
        Role.COLLECTOR: _DESK,
        Role.TEAM_LEAD: _DESK | {
            P.HOLD_SET, *_DECIDE, P.UNIT_EDIT, P.LIST_EXPORT, P.CASE_ASSIGN,
            P.CASE_REBASE, P.DEVIATION_SEE,
            P.SHEET_SIGN, P.MEETING_MINUTE,
            P.TICKET_ANSWER,
            P.CASH_SEE, P.CASH_REVIEW, P.COST_BOOK,
        },
        Role.CASHIER: _LOOK | {
            P.PAYMENT_TAKE, P.CASH_SEE, P.BILL_RUN, P.METER_READ, P.NOTICE_PRINT, P.IMPORT_RUN, P.INVOICE_ASK,
        },
        Role.PATROL: {P.DELIVERY_SEE, P.DELIVERY_RECORD, P.ROUND_WALK},
        Role.PROJECT_MANAGER: _DESK | {
            P.HOLD_SET, *_DECIDE, P.BILL_RUN, P.METER_READ, P.IMPORT_RUN, P.UNIT_EDIT,
            P.LEGAL_SEE, P.AUDIT_SEE, P.STAFF_SEE, P.DASHBOARD_SEE, P.LIST_EXPORT, P.CASE_ASSIGN,
            P.CASE_REBASE, P.CASE_RELAX, P.DEVIATION_SEE, P.LADDER_TRY, P.QUIET_EDIT,
            P.CASH_SEE, P.CASH_REVIEW, P.BANK_SEE, P.COST_BOOK,
            P.CLOCK_RECORD, P.BUNDLE_EXPORT,
            P.SHEET_SIGN, P.MEETING_MINUTE,
            P.TICKET_ANSWER,
            P.REVIEW_WRITE,
        },
        Role.BRANCH_GM: _LOOK | {
            *_DECIDE, P.LEGAL_SEE, P.AUDIT_SEE, P.STAFF_SEE, P.DASHBOARD_SEE,
            P.DEVIATION_SEE, P.LADDER_TRY,
            P.TARGET_EDIT, P.LIST_EXPORT, P.CASH_SEE, P.BANK_SEE,
            P.BUNDLE_EXPORT,
            P.SHEET_SEE, P.SHEET_SIGN, P.MEETING_MINUTE,
        },
        Role.FINANCE: _LOOK | {
            P.PAYMENT_TAKE, P.PAYMENT_BACKDATE, P.REFUND_PAY, P.WAIVER_ASK, P.COST_BOOK, P.BILL_RUN,
            P.TARIFF_EDIT, P.TICKET_OPEN, P.TICKET_ANSWER,
            P.METER_READ, P.IMPORT_RUN, *_DECIDE, P.AUDIT_SEE, P.DASHBOARD_SEE, P.TARGET_EDIT, P.LIST_EXPORT,
            P.CASH_SEE, P.CASH_SIGN, P.BANK_SEE, P.BANK_EDIT, P.BANK_REVIEW, P.INVOICE_ASK, P.INVOICE_ISSUE,
        },
        Role.LEGAL: _LOOK | {P.LEGAL_SEE, P.FILING_RECORD, P.DRAFT_EDIT, P.COST_BOOK, P.DELIVERY_RECORD,
                             P.NOTICE_PRINT, *_DECIDE, P.CONTACT_REVEAL, P.LIST_EXPORT,
                             P.CASE_RELAX, P.DEVIATION_SEE, P.REVIEW_WRITE,
                             P.CLOCK_RECORD, P.CLOCK_DECIDE, P.BUNDLE_EXPORT},
        Role.CS_SUPERVISOR: _DESK | {P.HOLD_SET, *_ANSWER, P.LIST_EXPORT, P.CASE_ASSIGN,
                                     P.TEMPLATE_EDIT, P.TICKET_ANSWER},
        Role.COMPANY_ADMIN: _LOOK | {
            P.LADDER_TRY, P.QUIET_EDIT, P.DEVIATION_SEE,
            P.UNIT_EDIT, P.IMPORT_RUN, P.TARIFF_EDIT, P.METER_READ, P.LADDER_EDIT, P.STAFF_SEE, P.STAFF_EDIT,
            P.TOKEN_EDIT, P.COMPANY_EDIT, P.AUDIT_SEE, *_DECIDE, P.BILL_RUN, P.LEGAL_SEE,
            P.NOTICE_PRINT, P.NOTICE_SETTLE, P.DASHBOARD_SEE, P.TARGET_EDIT, P.LIST_EXPORT, P.TEMPLATE_EDIT,
            P.CASH_SEE, P.BANK_SEE, P.BANK_REVIEW,
        },
        Role.AUDITOR: _LOOK | {
            P.APPROVAL_SEE, P.LEGAL_SEE, P.AUDIT_SEE, P.STAFF_SEE, P.DASHBOARD_SEE, P.LIST_EXPORT,
            P.DEVIATION_SEE,
            P.CASH_SEE, P.BANK_SEE, P.SHEET_SEE,
        },
    }.items()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Who is asking, in which company, with which parts, over which communities (None: all).

    `in_person`: not a program with a key that somebody else issued.
    """

    user_id: int
    name: str
    tenant_id: int
    tenant_name: str
    roles: frozenset[Role]
    communities: frozenset[int] | None = None
    theme: str = "system"
    in_person: bool = True

    def can(self, permission: Permission) -> bool:
        """Whether any of the member's roles holds the permission."""
        return any(permission in ROLES[role] for role in self.roles)

    def plays(self, role: str) -> bool:
        """Whether the member has this part."""
        return role in self.roles


@dataclass(frozen=True, slots=True)
class Grant:
    """What an owner's phone opens in one company: the parties it belongs to there."""

    tenant_id: int
    tenant_name: str
    party_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PortalOwner:
    """The holder of a verified phone, who may be an owner in several companies."""

    identity_id: int
    phone: str
    grants: tuple[Grant, ...]
