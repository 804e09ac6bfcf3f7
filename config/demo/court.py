"""The demo's cases before the court: one that became a lawsuit, one that is enforced, one that waits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db import transaction

from arrears.cases.queries.standing import case_core
from arrears.cases.queries.tasks import OpenTask, open_tasks
from arrears.legal.queries import docket_of
from arrears.legal.rules.docket import EntryKind, Ground
from arrears.legal.services import NewEntry, enter, mark_filed, write_review
from config.demo.lawyer import COURT, Lawyer
from tenancy.kernel.errors import Refused
from tenancy.kernel.permissions import StaffMember

_FRESH: Final = timedelta(days=25)  # a court has not answered yet what was filed since
_HEARING_IN: Final = timedelta(days=12)  # after the demo's last day


class _Line(NamedTuple):
    """What happens so many days after the line before it, or the filing."""

    after: int
    kind: EntryKind


_K = EntryKind
_START: Final = (_Line(3, _K.ACCEPTED), _Line(7, _K.ISSUED), _Line(4, _K.SERVED))
_OBJECTED: Final = (
    *_START, _Line(8, _K.OBJECTED), _Line(5, _K.VOID), _Line(3, _K.CONVERTED), _Line(9, _K.HEARING_SET),
)  # fmt: skip
_IN_FORCE: Final = (*_START, _Line(17, _K.EFFECTIVE))
_WAITS: Final = (_Line(3, _K.ACCEPTED),)


class _Filed(NamedTuple):
    """A filing with what will come of it."""

    filing_id: int
    case_id: int
    on: date
    course: tuple[_Line, ...]


class Court:
    """What legal does until `to_on`."""

    def __init__(self, lawyer: Lawyer, *, to_on: date) -> None:
        self._lawyer = lawyer
        self._to_on = to_on
        self._filed: list[_Filed] = []

    def day(self, day: date) -> None:
        """File what waits, enter what the court did since; as legal."""
        for task in open_tasks(kinds=["FILE"], until=day + timedelta(days=60)):
            self._file(task, day)
        for one in self._filed:
            self._enter(one, day)

    def assess(self, case_id: int, *, by: StaffMember, day: date) -> None:
        """The project manager writes the review sheet on which the branch decides."""
        write_review(
            case_id=case_id,
            need="电话、上门及两次书面催款后仍拒不缴纳，协商已无余地",
            chance="HIGH",
            chance_reason="合同、计费依据与两次催款送达证据齐全，无争议工单",
            advice="LAWYER_LETTER",
            by=by,
            on=day,
        )

    def _file(self, task: OpenTask, day: date) -> None:
        courses = [one.course for one in self._filed]
        again = any(one.case_id == task.case_id for one in self._filed)
        fresh = day > self._to_on - _FRESH
        course: tuple[_Line, ...] = next((c for c in (_OBJECTED, _IN_FORCE) if c not in courses), _WAITS)
        if again:
            course = ()
        elif course is _WAITS and (_WAITS in courses or not fresh):
            self._lawyer.sue(task.case_id, day)
            return
        if not self._lawyer.complete(task.case_id, day):
            return
        try:
            with transaction.atomic():
                filing_id = mark_filed(
                    case_id=task.case_id, court=COURT, filed_on=day, as_of=day,
                    court_reference=f"（{day.year}）浙0106民督{12 + len(self._filed)}号",
                )  # fmt: skip
        except Refused:
            return  # paid or withdrawn meanwhile: the night draws it up anew
        self._filed.append(_Filed(filing_id, task.case_id, day, course))

    def _enter(self, one: _Filed, day: date) -> None:
        """The next line of its course, one a day, while the case is open."""
        if not one.course or case_core(one.case_id).closed_on:
            return
        entries = docket_of(one.filing_id, as_of=day).docket.entries
        line = one.course[len(entries)] if len(entries) < len(one.course) else None
        before = entries[-1].on if entries else one.on
        if line is None or day < before + timedelta(days=line.after):
            return
        hearing = line.kind is _K.HEARING_SET
        if hearing and day < self._to_on - _FRESH:
            return  # the court's list was full until then
        enter(
            filing_id=one.filing_id,
            new=NewEntry(
                kind=line.kind,
                on=day,
                next_on=self._to_on + _HEARING_IN if hearing else None,
                place="第三法庭 9:30" if hearing else "",
                ground=Ground.SUBSTANCE if line.kind is _K.OBJECTED else None,
                note="业主书面称屋面渗漏，不认可服务质量" if line.kind is _K.OBJECTED else "",
            ),
            as_of=day,
        )
