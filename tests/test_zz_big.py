import time, resource, os, gc
from datetime import date
from pathlib import Path
from billing.charges.services.import_register import import_register
from config.demo_register import write_register
from owners.gateways.sheets import open_sheets
from owners.models import Community
from tests.conftest import *
import threading

def rss():
    for l in open('/proc/self/status'):
        if l.startswith('VmRSS'): return int(l.split()[1])/1024

class Peak(threading.Thread):
    def __init__(s): super().__init__(daemon=True); s.peak=0; s.on=True
    def run(s):
        while s.on:
            s.peak=max(s.peak,rss()); time.sleep(0.02)

def test_big(jinxiu):
    for n in (10000, 100000):
        p=Path(f'/tmp/w/reg{n}.xlsx')
        if not p.exists(): write_register(p, units=n, seed=1, community_name='大', as_of=date(2025,12,28), error_share=0.01)
        c=Community.objects.create(code=f"B{n}", name="大")
        t=time.time(); sheets=open_sheets(p); gc.collect(); base=rss(); print("open",time.time()-t, base)
        pk=Peak(); pk.start()
        t=time.time(); r=import_register(community_id=c.pk, sheets=sheets, as_of=date(2025,12,28)); dt=time.time()-t
        print(n,"dry",dt, n/dt,"rows/s", "mem+", pk.peak-base)
        t=time.time(); r=import_register(community_id=c.pk, sheets=sheets, as_of=date(2025,12,28), commit=True); dt=time.time()-t
        print(n,"commit",dt, n/dt,"rows/s", r.counts(), "mem+", pk.peak-base)
        t=time.time(); r=import_register(community_id=c.pk, sheets=sheets, as_of=date(2025,12,28), commit=True); dt=time.time()-t
        print(n,"again",dt, n/dt,"rows/s", r.created, r.changed, "mem+", pk.peak-base)
        pk.on=False
        from owners.queries import find_units
        from django.db import connection
        for q in ("1-1-101","31602","1602","张","张伟","0001", "13800000001"):
            t=time.time(); h=find_units(q,50); print(q,len(h),round((time.time()-t)*1000),"ms", h[:1])
    assert 0
