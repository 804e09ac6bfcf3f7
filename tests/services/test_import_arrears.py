from datetime import date
from pathlib import Path
import json
from billing.charges.services.import_register import import_register
from billing.charges.services.import_arrears import import_arrears
from owners.gateways.sheets import open_sheets
from owners.models import Community

DATA = Path(__file__).parent.parent / "data"
AS_OF = date(2025, 12, 28)

def test_x(jinxiu):
    c=Community.objects.create(code="X",name="x")
    import_register(community_id=c.pk, sheets=open_sheets(DATA/"house-register.xlsx"), as_of=AS_OF, commit=True)
    for commit in (False, True, True):
        r=import_arrears(community_id=c.pk, sheets=open_sheets(DATA/"arrears-list.xlsx"), as_of=AS_OF, commit=commit)
        print(r.counts())
    print(json.dumps(r.as_json(), ensure_ascii=False)[:1500])
    assert 0
