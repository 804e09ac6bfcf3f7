import pytest
from tests.house.world import world
def test_smoke(cast, log_in):
    things = world(cast.jinxiu)
    for role in ("project_manager","company_admin"):
        c = log_in(cast.jinxiu, role)
        c.cookies["django_language"] = "en"
        for u in ("/calls/","/calls/?show=reviews","/calls/?collector=mine","/visits/","/cases/","/cases/?text=31602&rung=CALL","/approvals/","/approvals/?show=decided","/ladder/","/ladder/new/",
                  f"/cases/{things['case_id']}/", f"/calls/{things['case_id']}/", f"/visits/{things['case_id']}/", f"/approvals/{things['approval_id']}/", f"/ladder/{things['ladder_id']}/", f"/units/{things['unit_id']}/timeline/"):
            r = c.get(u)
            print(role, u, r.status_code)
            if r.status_code==200 and role=="project_manager": open("/tmp/w/out/"+u.replace("/","_").replace("?","_")+".html","w").write(r.content.decode())
