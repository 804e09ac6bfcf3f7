"""A house register comes in: what it reports, what it writes, and that a second time changes nothing."""

import json
from datetime import date
from pathlib import Path

from billing.charges.services.import_register import import_register
from owners.gateways.sheets import open_sheets
from owners.models import Unit

DATA = Path(__file__).parent.parent / "data"
AS_OF = date(2025, 12, 28)


def run(company, source, **options):
    return import_register(community_id=company.community.pk, sheets=open_sheets(source), as_of=AS_OF, **options)


def test_x(jinxiu):
    import time
    r = run(jinxiu, DATA/"house-register.xlsx")
    print(r.counts())
    t=time.time()
    r = run(jinxiu, DATA/"house-register.xlsx", commit=True)
    print(time.time()-t)
    print(json.dumps(r.as_json(), ensure_ascii=False)[:3000])
    print(Unit.objects.count())
    r = run(jinxiu, DATA/"house-register.xlsx", commit=True)
    print(json.dumps(r.as_json(), ensure_ascii=False)[:1000])
    r = run(jinxiu, DATA/"house-register.xlsx", commit=True)
    print(r.counts())
    assert 0
