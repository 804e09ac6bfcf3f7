"""The night's look at the courts' calendar: each day that counts is told once per stage."""

from __future__ import annotations

from datetime import date

from arrears.legal.models import DeadlineAlert
from arrears.legal.queries.calendar import court_days
from arrears.legal.rules.docket import alert_stage


def raise_alerts(*, as_of: date) -> int:
    """Note which court days come near or have passed; how many are new. A second run of the day adds none."""
    wanted = {}
    for row in court_days(as_of=as_of):
        stage = alert_stage(row.code, row.days_left)
        if stage is not None and row.filing_id is not None and row.case_id is not None:
            wanted[row.filing_id, row.code, row.last_on, stage] = row.case_id
    ids = {filing_id for filing_id, *_rest in wanted}
    known = set(
        DeadlineAlert.objects.filter(filing_id__in=ids).values_list("filing_id", "code", "last_on", "stage")
    )
    new = [
        DeadlineAlert(
            case_id=case_id, filing_id=filing_id, code=code, last_on=last_on, stage=stage, raised_on=as_of
        )
        for (filing_id, code, last_on, stage), case_id in wanted.items()
        if (filing_id, code, last_on, stage) not in known
    ]
    return len(DeadlineAlert.objects.bulk_create(new))
