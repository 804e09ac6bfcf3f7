"""import_register: a register of N units read, compared and written; rows a second and flat memory."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Final

from config.bench.figure import Figure
from config.bench.outside import alone
from config.bench.owner import Owner
from config.bench.town import build_empty
from config.demo_register import write_register

NAME: Final = "import_register"
AS_OF: Final = date(2026, 1, 1)
_TENTH: Final = 10
_SEED: Final = 7


def measure(units: int, owner: Owner) -> Figure:
    """Import N units and, for the memory, a tenth of them; each in a company and a process of its own."""
    owner.settle_down()
    small = _import(max(units // _TENTH, 1))
    large = _import(units)
    more = {
        "rows": large["rows"],
        "rows_per_s": round(large["rows"] / large["seconds"]),
        "opened_mb": large["opened_mb"],
        "memory_mb": large["memory_mb"],
        "memory_mb_of_a_tenth": small["memory_mb"],
    }
    return Figure(NAME, units, large["seconds"], more)


def _import(units: int) -> dict[str, Any]:
    town = build_empty()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write_register(
            path, units=units, seed=_SEED, community_name="测量花园", as_of=AS_OF, error_share=0.01
        )
        told = (str(path), str(town.tenant_id), str(town.community_id), AS_OF.isoformat())
        return alone("config.bench.import_alone", *told)
