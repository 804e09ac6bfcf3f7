"""Words of this app's codes: roles, job states, kinds of audit entries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenancy.people.words import WORDS

ROLES = {
    "collector": _("Front desk"),
    "team_lead": _("Team lead"),
    "cashier": _("Cashier"),
    "patrol": _("Patrol"),
    "project_manager": _("Project manager"),
    "branch_gm": _("Branch general manager"),
    "finance": _("Finance"),
    "legal": _("Legal"),
    "cs_supervisor": _("Customer service supervisor"),
    "company_admin": _("Company administrator"),
    "auditor": _("Auditor"),
}
STATES = {
    "WAITING": _("Waiting"),
    "RUNNING": _("Running"),
    "DONE": _("Done"),
    "FAILED": _("Failed"),
    "CANCELLED": _("Stopped"),
}
DECISIONS = {
    "PENDING": _("Pending"),
    "APPROVED": _("Approved"),
    "REJECTED": _("Rejected"),
    "WITHDRAWN": _("Withdrawn"),
}
ACTIONS = {
    "approval.approved": _("Approved a request"),
    "approval.rejected": _("Rejected a request"),
    "approval.asked": _("Asked about a request"),
    "approval.answered": _("Answered a question about a request"),
    "contact.revealed": _("Looked at a phone number"),
    "company.changed": _("Changed the company's data"),
    "list.exported": _("Exported a list"),
    "member.added": _("Added a member"),
    "member.changed": _("Changed a member"),
    "member.password": _("Set a member's password"),
    "token.issued": _("Issued an API key"),
    "file.opened": _("Opened a file"),
    "token.revoked": _("Revoked an API key"),
    "member.gone": _("No longer here"),
}
ABOUT = {
    "approval": _("Approval"),
    "bill": _("Bill"),
    "community": _("Community"),
    "company": _("Company"),
    "contact": _("Contact"),
    "contract": _("Service contract"),
    "fee_item": _("Fee"),
    "list": _("List"),
    "member": _("Member"),
    "tariff": _("Tariff"),
    "task": _("Task"),
    "token": _("API key"),
    "unit": _("Unit"),
}
DETAILS = {
    "account": _("Account"),
    "after": _("Renews"),
    "as_of": _("As of"),
    "changed": _("Changed"),
    "by": _("Replaced by"),
    "code": _("Code"),
    "end_on": _("To"),
    "filters": _("Filters"),
    "for_user": _("User"),
    "from_on": _("From"),
    "is_active": _("Active"),
    "issue": _("Legacy issue"),
    "name": _("Name"),
    "note": _("Note"),
    "number": _("Number"),
    "party": _("Owner"),
    "parties": _("Owners"),
    "rate": _("Price"),
    "reason": _("Reason"),
    "reasons": _("Reasons"),
    "roles": _("Roles"),
    "rows": _("Rows"),
    "state": _("State"),
    "text": _("Text"),
    "unit page": _("on the unit's page"),
    "units": _("Units"),
}


# The fields of settings have a first name: a name or an address means something else elsewhere.
SETTINGS = {
    "set.name": _("Name"),
    "set.short_name": _("SMS signature"),
    "set.credit_code": _("Credit code"),
    "set.address": _("Address"),
    "set.phone": _("Telephone"),
    "set.legal_representative": _("Legal representative"),
    "set.legal_representative_post": _("Post of the legal representative"),
}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (ROLES, STATES, DECISIONS, ACTIONS, ABOUT, DETAILS, SETTINGS):
        WORDS.update(words)
