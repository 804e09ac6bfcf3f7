"""Put the evidence of a case together: a PDF with its index, an archive of the parts with their hashes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from arrears.cases.queries import case_line
from arrears.legal.models import Bundle, ProcessingAgreement
from arrears.legal.queries.exhibits import exhibits, matter
from arrears.legal.queries.firms import law_firm
from arrears.legal.rules.exhibits import Audience
from arrears.legal.services.agreements import covering, record_export
from arrears.legal.services.binding import Binding, Named
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.services import audit, files, jobs

PURPOSE: Final = "evidence_bundle"
JOB_KIND: Final = "evidence_bundle"
LONGEST_DAYS: Final = 365


class BundleRefused(Refused):
    """No purpose, no law firm, or an expiry that makes no sense. Names its field."""

    code = "legal.bundle_refused"


class BundleExpired(Conflict):
    """Its day has passed: whoever needs it makes a new one."""

    code = "legal.bundle_expired"


class BundleNotReady(Conflict):
    """It is still being put together."""

    code = "legal.bundle_not_ready"


class Watcher(Protocol):
    """Who is told how far the work is; `step` may raise to stop it (people's Progress)."""

    def start(self, total: int) -> None: ...

    def step(self, done: int, *, failed: int = 0) -> None: ...


@dataclass(frozen=True, slots=True)
class Requested:
    """A bundle that was asked for: the door starts its task after the commit."""

    bundle_id: int
    job_id: int


def request_bundle(
    *,
    case_id: int,
    audience: str,
    purpose: str,
    expires_on: date,
    by: StaffMember,
    as_of: date,
    at: datetime,
    recipient: str = "",
    firm_id: int | None = None,
) -> Requested:
    """Ask for the evidence of a case; what leaves the house is written down before it does.

    A law firm's copy names the firm and the agreement that covers it on the day (G11), and counts as an
    export of the case. Raises NotFound, BundleRefused, NoAgreement, GateShut.
    """
    case = case_line(case_id, as_of=as_of)
    said = {"purpose": purpose.strip(), "recipient": recipient.strip()}
    _check(Audience(audience), said["purpose"], firm_id, expires_on, as_of)
    title = _("Evidence of %(room)s") % {"room": case.unit_code}
    agreement = None
    if firm_id is not None:
        agreement = record_export(case_id=case_id, firm_id=firm_id, what=title, on=as_of)
        said["recipient"] = law_firm(firm_id, as_of=as_of).name
    job_id = jobs.create(kind=JOB_KIND, title=title, arguments={"case_id": case_id})
    made = Bundle.objects.create(
        community_id=case.community_id,
        case_id=case_id,
        audience=audience,
        as_of=as_of,
        expires_on=expires_on,
        job_id=job_id,
        firm_id=firm_id,
        agreement=agreement,
        asked_by_id=by.user_id,
        asked_at=at,
        **said,
    )
    audit.record(
        "bundle.asked",
        kind="case",
        pk=case_id,
        audience=f"audience.{audience}",
        expires_on=expires_on.isoformat(),
        **said,
    )
    return Requested(made.pk, job_id)


def _check(audience: Audience, purpose: str, firm_id: int | None, expires_on: date, as_of: date) -> None:
    if not purpose:
        raise BundleRefused(_("Write what it is for."), field="purpose")
    if audience is Audience.LAW_FIRM and firm_id is None:
        raise BundleRefused(_("Choose the law firm that gets it."), field="firm_id")
    if audience is Audience.COURT and firm_id is not None:
        raise BundleRefused(
            _("A copy for a court shows identities in full: no law firm gets it."), field="firm_id"
        )
    if not as_of <= expires_on <= as_of + timedelta(days=LONGEST_DAYS):
        raise BundleRefused(_("It expires within a year, and not before today."), field="expires_on")


def make_bundle(*, bundle_id: int, at: datetime, progress: Watcher | None = None) -> dict[str, Any]:
    """Draw what is asked for; what was drawn before is used again. Returns the result for the job's row."""
    bundle = Bundle.objects.select_related("asked_by", "case", "agreement").get(pk=bundle_id)
    with translation.override("zh-hans"):
        about = matter(bundle.case_id, audience=Audience(bundle.audience), as_of=bundle.as_of)
        found = exhibits(about)
        with Binding(at=at, mark=_mark(bundle, at)) as binding:
            if progress is not None:
                progress.start(len(found) + 1)
            for done, exhibit in enumerate(found, start=1):
                binding.add(exhibit)
                if progress is not None:
                    progress.step(done)
            named = _named(bundle, about.subject.unit_code, about.subject.party_name)
            pdf, archive = binding.close(named)
            home = bundle.community_id
            name = f"证据-{about.subject.unit_code}-{bundle.as_of:%Y%m%d}"
            kept_pdf = files.keep(
                pdf, name=f"{name}.pdf", purpose=PURPOSE, content_type=files.PDF, community_id=home
            )
            kept_zip = files.keep(
                archive, name=f"{name}.zip", purpose=PURPOSE, content_type=files.ZIP, community_id=home
            )
            pages, contents = binding.pages, binding.contents
    Bundle.objects.filter(pk=bundle_id).update(
        pdf=kept_pdf, archive=kept_zip, pages=pages, contents=contents, made_at=at
    )
    audit.record(
        "bundle.made",
        kind="case",
        pk=bundle.case_id,
        pages=pages,
        exhibits=len(contents),
        sha256=kept_pdf.sha256,
    )
    return {"bundle": bundle_id, "pages": pages, "exhibits": len(contents)}


def _mark(bundle: Bundle, at: datetime) -> str:
    """The watermark: who made it when, for whom and what, until when."""
    to = bundle.recipient or "人民法院"
    moment = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    who = f"{bundle.asked_by.name} {moment} 导出　提供给：{to}"
    return f"{who}　用途：{bundle.purpose}　有效期至：{bundle.expires_on}"


def _named(bundle: Bundle, unit: str, party: str) -> Named:
    full = "完整（供法院）" if bundle.audience == "COURT" else "证件号码等已掩码（供律师事务所）"
    facts = (
        ("房号", unit),
        ("业主", party),
        ("数据截至", str(bundle.as_of)),
        ("用途", bundle.purpose),
        ("接收人", bundle.recipient or "人民法院"),
        *_basis(bundle.agreement),
        ("个人信息", full),
        ("有效期至", str(bundle.expires_on)),
        ("导出人", bundle.asked_by.name),
    )
    return Named(unit, facts)


def _basis(agreement: ProcessingAgreement | None) -> tuple[tuple[str, str], ...]:
    if agreement is None:
        return ()
    text = f"委托处理协议（{agreement.from_on} 至 {agreement.until}），目的：{agreement.purpose}"
    return (("委托处理依据", f"{text}；范围：{agreement.scope}"),)


def opened(*, bundle_id: int, which: str, as_of: date) -> files.StoredFile:
    """One of the two files, for whoever asked at the door; each opening is written down.

    A law firm's copy opens only while an agreement covers the firm: it leaves the house by being opened.
    Raises NotFound, BundleNotReady, BundleExpired, NoAgreement.
    """
    bundle = Bundle.objects.select_related("pdf", "archive").filter(pk=bundle_id).first()
    if bundle is None:
        raise NotFound(_("There is no such bundle."))
    file: files.StoredFile | None = bundle.pdf if which == "pdf" else bundle.archive
    if file is None:
        raise BundleNotReady(_("It is still being put together."))
    if as_of > bundle.expires_on:
        raise BundleExpired(
            _("It expired on %(day)s. Make a new one if it is still needed.") % {"day": bundle.expires_on}
        )
    if bundle.firm_id is not None:
        covering(firm_id=bundle.firm_id, on=as_of)
    audit.record(
        "bundle.opened",
        kind="case",
        pk=bundle.case_id,
        file=file.name,
        audience=f"audience.{bundle.audience}",
    )
    return file
