"""`manage.py bench --units=100000 --only=bill_run,growth`: the measures of docs/performance.md as JSON."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.bench.figures import FIGURES, measure
from config.bench.owner import Owner
from config.bench.town import CODE
from tenancy.kernel.models import Tenant

SMALLEST = 20


class Command(BaseCommand):
    """Fills the database with made-up companies, so it refuses one in which a real company works."""

    help = "Measure bill run, ladder and import; one JSON object per line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--units", type=int, default=100_000, help="how large the measured company is")
        parser.add_argument("--only", default="", help=f"some of {','.join(FIGURES)}")

    def handle(self, *args: Any, **options: Any) -> None:
        names = _names(options["only"])
        if options["units"] < SMALLEST:
            raise CommandError(f"--units must be at least {SMALLEST}", returncode=2)
        if Tenant.objects.filter(is_demo=False).exclude(code__startswith=CODE).exists():
            raise CommandError("a company works in this database: measure in another one", returncode=2)
        owner = Owner()
        try:
            for line in measure(names, units=options["units"], owner=owner, say=self.stderr.write):
                self.stdout.write(json.dumps(line, ensure_ascii=False))
                self.stdout.flush()
        finally:
            owner.close()


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()] or list(FIGURES)
    unknown = sorted(set(names) - set(FIGURES))
    if unknown:
        raise CommandError(f"unknown: {', '.join(unknown)}; there are {', '.join(FIGURES)}", returncode=2)
    return names
