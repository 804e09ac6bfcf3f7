"""`python -m config.bench.walk_alone TENANT DAY`: a night's walk in a process of its own, as in a worker.

Prints a JSON object: its seconds, the most memory the process held, and what the walk did.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from typing import Any

import django

from config.bench.outside import kilobytes


def main(tenant_id: str, day: str) -> dict[str, Any]:
    """Walk the company's day."""
    django.setup()
    from arrears.cases.services import walk_ladder
    from tenancy.kernel.scope import acting_for

    started = time.perf_counter()
    with acting_for(int(tenant_id)):
        walk = walk_ladder(as_of=date.fromisoformat(day))
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "memory_mb": round(kilobytes("VmHWM") / 1024), "walk": walk.as_json()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])) + "\n")
