"""What both import commands share: whose file it is, a bar, tables or JSON, exit 2 on refusals."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges.services.import_batches import run_file
from billing.charges.services.import_report import Finding, ImportReport, Weight
from owners.gateways.sheets import open_sheets
from owners.queries import community_by_code
from owners.services import CommunityFields, create_community
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for
from tenancy.people.words import SENTENCES, WORDS

_BAR = 40
FIGURES = {
    "units": gettext_lazy("Units"),
    "parking_bays": gettext_lazy("Parking bays"),
    "co_owned": gettext_lazy("Co-owned"),
    "developer_units": gettext_lazy("Developer's"),
    "no_phone": gettext_lazy("Without a phone"),
    "rows": gettext_lazy("Rows"),
    "charges": gettext_lazy("Monthly charges"),
    "total": gettext_lazy("Total"),
    "rejected_rows": gettext_lazy("Rejected rows"),
    "created": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "unchanged": gettext_lazy("Unchanged"),
    "new_tariffs": gettext_lazy("New tariffs"),
}


class Bar:
    """Progress on a terminal; silent elsewhere."""

    def __init__(self, out: TextIO) -> None:
        self._out = out if out.isatty() else None
        self._total = 0

    def start(self, total: int) -> None:
        """Begin at nothing."""
        self._total = max(total, 1)
        self.step(0)

    def step(self, done: int, *, failed: int = 0) -> None:
        """Draw the bar again."""
        if self._out is None:
            return
        share = min(done / self._total, 1)
        full = "█" * int(share * _BAR)
        self._out.write(f"\r{full:░<{_BAR}} {share:4.0%} {done}/{self._total}")
        self._out.write("\n" if done >= self._total else "")
        self._out.flush()


class ImportCommand(BaseCommand):
    """Dry run unless --commit. Refusals exit with 2 and leave nothing behind."""

    kind = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--tenant", required=True, help="code of the company")
        parser.add_argument("--community", required=True, help="code of the community")
        parser.add_argument(
            "--create-community", metavar="NAME", help="make the community when there is none"
        )
        parser.add_argument("--commit", action="store_true", help="write; without it nothing is changed")
        parser.add_argument("--strict", action="store_true", help="refuse the commit when a row is rejected")
        parser.add_argument("--as-of", type=date.fromisoformat, help="YYYY-MM-DD; today when left out")
        parser.add_argument("--json", action="store_true", help="print the report as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = self._run(options)
        except Refused as refusal:
            raise CommandError(f"{refusal.code}: {refusal}", returncode=2) from refusal
        except FileNotFoundError as error:
            text = _("There is no file %(path)s.") % {"path": options["file"]}
            raise CommandError(f"import.no_file: {text}", returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._print(report)

    def _run(self, options: dict[str, Any]) -> ImportReport:
        tenant = Tenant.objects.filter(code=options["tenant"]).first()
        if tenant is None:
            raise NotFound(_("There is no company with the code %(code)s.") % {"code": options["tenant"]})
        if not options["file"].is_file():
            raise FileNotFoundError(options["file"])
        with acting_for(tenant.pk):
            report = run_file(
                kind=self.kind,
                community_id=_community(options["community"], options["create_community"]),
                path=options["file"],
                as_of=options["as_of"] or clock.today(),
                commit=options["commit"],
                strict=options["strict"],
                opener=open_sheets,
                progress=Bar(sys.stderr),
            )
            if not options["commit"]:
                # A dry run may have made the community to look into; it must not stay.
                transaction.set_rollback(True)
        return report

    def _print(self, report: ImportReport) -> None:
        for weight, title in (
            (Weight.ERROR, _("Rejected rows")),
            (Weight.WARNING, _("Warnings")),
            (Weight.CHANGE, _("Changes")),
        ):
            self._table(title, report.of(weight))
        counts = report.counts()
        for name, label in FIGURES.items():
            if counts.get(name) not in (None, [], ""):
                self.stdout.write(f"{label}: {_plain(counts[name])}")
        if not report.committed:
            self.stdout.write(_("Dry run: nothing was changed. Add --commit to import."))

    def _table(self, title: str, findings: Sequence[Finding]) -> None:
        if not findings:
            return
        self.stdout.write(f"{title} ({len(findings)})")
        for found in findings:
            where = f"{found.sheet} {found.column}{found.row}"
            self.stdout.write(f"  {where:<16} {found.unit:<12} {_said(found)}")
        self.stdout.write("")


def _community(code: str, name: str | None) -> int:
    try:
        return community_by_code(code).id
    except NotFound:
        if not name:
            raise
        return create_community(code=code, fields=CommunityFields(name=name))


def _said(found: Finding) -> str:
    if found.weight == Weight.CHANGE:
        return f"{WORDS.get(f'import.{found.code}', found.code)}: {found.old or '—'} → {found.new}"
    text = SENTENCES.get(f"import.{found.code}", found.code)
    return f"{text} [{found.value}]" if found.value else str(text)


def _plain(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)
