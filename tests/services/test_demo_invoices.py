"""The demo's e-invoices stand in every state."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

from billing.banking.models import Invoice, VatRate
from config.demo.invoices import issue_invoices
from tests.money import AT, PAID_ON, owe, pay


def test_the_demo_shows_answered_refused_and_waiting_invoices(cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    company = cast.jinxiu
    with company.open("finance"):
        for number in range(13):
            owe(company, 10_000 + number, PAID_ON)
            pay(company, 10_000 + number, key=f"k{number}")
        pay(company, 500, key="credit")  # leaves nothing to invoice
    place = SimpleNamespace(
        tenant_id=company.tenant.pk,
        user_ids={"caiwu": company.people["finance"].pk},
        cash_points={company.community.pk: company.cash_point.pk},
    )
    issue_invoices(place, as_of=PAID_ON, at=AT)
    with company.open():
        states = Counter(Invoice.objects.values_list("state", flat=True))
        assert states == {"ISSUED": 7, "REFUSED": 1, "REQUESTED": 4}
        assert VatRate.objects.count() > 0
