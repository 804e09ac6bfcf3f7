import threading, time, os
from pathlib import Path
from wsgiref.simple_server import make_server, WSGIRequestHandler
from datetime import date
from django.core.wsgi import get_wsgi_application
from billing.charges.tasks import run_import
from billing.charges.services import import_register, import_arrears
from owners.gateways.sheets import open_sheets
from owners.models import Unit, Community
from tests.conftest import *
OUT = Path('/tmp/w/shots'); OUT.mkdir(exist_ok=True)
class Quiet(WSGIRequestHandler):
    def log_message(self,*a): pass
def test_shots(committed, log_in, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT=str(tmp_path)
    msgs=[]
    monkeypatch.setattr(run_import,"delay",lambda **m: msgs.append(m))
    client=log_in(committed.jinxiu,"project_manager")
    with committed.jinxiu.open():
        c=Community.objects.create(code="J2",name="锦绣二期")
        import_register(community_id=c.pk, sheets=open_sheets("tests/data/house-register.xlsx"), as_of=date(2025,12,28), commit=True)
        import_arrears(community_id=c.pk, sheets=open_sheets("tests/data/arrears-list.xlsx"), as_of=date(2025,12,28), commit=True)
        u=Unit.objects.get(code="8-2-1503", community=c).pk
    from django.core.files.uploadedfile import SimpleUploadedFile
    def up():
        return client.post("/import/",{"kind":"REGISTER","community":c.pk,"as_of":"2025-12-28","file":SimpleUploadedFile("house-register.xlsx",open("tests/data/house-register.xlsx","rb").read())})["Location"]
    with committed.jinxiu.open(): c3=Community.objects.create(code="J3",name="锦绣三期")
    c=c3
    done=up(); run_import(**msgs.pop())
    running=up()
    srv=make_server("127.0.0.1",0,get_wsgi_application(),handler_class=Quiet)
    port=srv.server_port
    threading.Thread(target=srv.serve_forever,daemon=True).start()
    cookie=client.cookies["sessionid"].value
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
    def go():
        from playwright.sync_api import sync_playwright
        with sync_playwright() as p:
            b=p.chromium.launch(executable_path="/usr/bin/chromium",args=["--no-sandbox"])
            ctx=b.new_context(viewport={"width":1366,"height":768})
            ctx.add_cookies([{"name":"sessionid","value":cookie,"url":f"http://127.0.0.1:{port}"}])
            pg=ctx.new_page()
            pg.on("console", lambda m: print("console", m.text))
            for name,path in {"units":"/units/","unit":f"/units/{u}/","search":"/units/?q=31602","handover":f"/units/{u}/hand-over/","import":"/import/","preview":done,"running":running,"communities":"/communities/","newc":"/communities/new/"}.items():
                pg.goto(f"http://127.0.0.1:{port}{path}"); time.sleep(1.5)
                pg.screenshot(path=str(OUT/f"{name}.png"), full_page=name in("unit",))
            pg.goto(f"http://127.0.0.1:{port}/units/{u}/"); time.sleep(1)
            pg.click("[hx-post*=reveal]"); time.sleep(1); pg.screenshot(path=str(OUT/"revealed.png"))
            b.close()
    t=threading.Thread(target=go); t.start(); t.join(120)
    srv.shutdown()
