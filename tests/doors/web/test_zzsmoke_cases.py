import pytest
from tests.house.world import world
def test_smoke(cast, log_in):
    things = world(cast.jinxiu)
    for role in ("project_manager","legal","company_admin"):
        c = log_in(cast.jinxiu, role)
        c.cookies["django_language"] = "en"
        for u in ("/court/",f"/court/{things['case_id']}/","/api/v1/court-papers/","/api/v1/filings/","/api/v1/calls/","/api/v1/cases/?text=31602","/api/v1/visits/?mine=1",f"/api/v1/cases/{things['case_id']}/",f"/api/v1/cases/{things['case_id']}/timeline/",f"/api/v1/cases/{things['case_id']}/call-gate/","/api/v1/approvals/",f"/api/v1/approvals/{things['approval_id']}/","/api/v1/ladders/",f"/api/v1/ladders/{things['ladder_id']}/","/calls/","/calls/?show=reviews","/calls/?collector=mine","/visits/","/cases/","/cases/?text=31602&rung=CALL","/approvals/","/approvals/?show=decided","/ladder/","/ladder/new/",
                  f"/cases/{things['case_id']}/", f"/calls/{things['case_id']}/", f"/visits/{things['case_id']}/", f"/approvals/{things['approval_id']}/", f"/ladder/{things['ladder_id']}/", f"/units/{things['unit_id']}/timeline/"):
            r = c.get(u)
            print(role, u, r.status_code)
            if r.status_code==200 and role=="project_manager": open("/tmp/w/out/"+u.replace("/","_").replace("?","_")+".html","w").write(r.content.decode())
