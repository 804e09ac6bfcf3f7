"""`python -m config.bench.import_alone FILE TENANT COMMUNITY DAY`: one import in a process of its own.

Prints a JSON object. Memory is what the kernel counted of this process: how much it held once the workbook
was open, and the most it held after that.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Final

import django

from config.bench.outside import kilobytes

_FORGET_PEAK: Final = Path("/proc/self/clear_refs")


def main(file: str, tenant_id: str, community_id: str, day: str) -> dict[str, float]:
    """Open the workbook, then import and commit it."""
    django.setup()
    from billing.charges.services import import_register
    from owners.gateways.sheets import open_sheets
    from tenancy.kernel.scope import acting_for

    sheets = open_sheets(file)
    opened = kilobytes("VmRSS")
    _FORGET_PEAK.write_text("5")  # opening may have needed more for a moment than it keeps
    started = time.perf_counter()
    with acting_for(int(tenant_id)):
        report = import_register(
            community_id=int(community_id), sheets=sheets, as_of=date.fromisoformat(day), commit=True
        )
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds,
        "rows": report.units + report.bays,
        "opened_mb": round(opened / 1024, 1),
        "memory_mb": round((kilobytes("VmHWM") - opened) / 1024, 1),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])) + "\n")
