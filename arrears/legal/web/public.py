"""Notices without names: draw up, sign, post, take down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from arrears.legal import queries, services
from arrears.legal.web import process_forms as forms
from notices.services import Photo
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


class PublicNotices(ListPage):
    """Every notice, the newest first."""

    permission = Permission.CASE_SEE
    title = gettext_lazy("Public notices")
    template = "legal/public_list.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", gettext_lazy("Number"), Kind.NUMBER),
        Column("community_name", gettext_lazy("Community"), Kind.NAME),
        Column("level_word", gettext_lazy("What it names"), Kind.WORD),
        Column("state_word", gettext_lazy("State"), Kind.WORD),
        Column("units", gettext_lazy("Homes"), Kind.COUNT),
        Column("owed_fen", gettext_lazy("Owed"), Kind.MONEY, value=lambda row: row.data["owed_fen"]),
        Column("place", pgettext_lazy("public notice", "Where it hangs"), Kind.WRAP),
        Column("from_on", gettext_lazy("From"), Kind.DATE),
        Column("to_on", gettext_lazy("To"), Kind.DATE),
        Column("asked_by", gettext_lazy("Asked by"), Kind.NAME),
    )

    def found(self) -> Any:
        return queries.public_notices()

    def rows(self, part: list[Any]) -> Sequence[queries.PublicRow]:
        return queries.public_rows(part)

    def link(self, row: Any) -> str:
        return reverse("legal:public_notice", args=[row.public_id])

    def more(self, found: Any, page: Any) -> dict[str, Any]:
        return {"may_ask": self.staff.can(Permission.HOLD_SET)}

    def empty(self) -> Empty:
        return Empty(_("No notice was drawn up yet. One may be when lawyer letters are over."))


class AskNotice(StaffView):
    """Draw up a notice."""

    permission = Permission.HOLD_SET

    def get(self, request: HttpRequest) -> HttpResponse:
        today = clock.today()
        given = {"level": "L0", "from_on": today, "community_id": self.request.community_id}
        return self._shown(forms.AskNotice(initial=given))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.AskNotice(request.POST)
        done = self.attempt(form, lambda: self._ask(form)) if form.is_valid() else None
        if done is None:
            return self._shown(form, status=422)
        messages.success(request, _("It waits for a decision."))
        return redirect("legal:public_notice", done)

    def _ask(self, form: forms.AskNotice) -> int:
        staff, today = self.request.staff, clock.today()
        return services.ask_notice(**form.entry(), by=staff, on=today, at=clock.now())

    def _shown(self, form: forms.AskNotice, *, status: int = 200) -> HttpResponse:
        return self.page("legal/public_ask.html", status=status, form=form)


class NoticeView(StaffView):
    """What the doors of a notice share: its page."""

    permission = Permission.CASE_SEE

    def show(
        self, public_id: int, form: django_forms.Form | None = None, *, status: int = 200
    ) -> HttpResponse:
        """The sheet as it hangs, and what comes next."""
        notice, staff = queries.public_row(public_id), self.request.staff
        down = notice.state == "POSTED" and services.must_come_down(public_id=public_id, as_of=clock.today())
        return self.page(
            "legal/public_show.html",
            status=status,
            notice=notice,
            community=queries.community_card(notice.community_id),
            company=staff.tenant_name,
            must_come_down=down,
            form=form or forms.HungPhoto(),
            may_sign=staff.can(Permission.FILING_RECORD) and notice.state_word == "public.WAITS_LEGAL",
            may_hang=staff.can(Permission.HOLD_SET) and notice.state in ("APPROVED", "POSTED"),
        )

    def hang(self, public_id: int, act: Callable[[Photo], None], said: str) -> HttpResponse:
        """Take a photo and do something with it."""
        queries.public_row(public_id)
        form = forms.HungPhoto(self.request.POST, self.request.FILES)
        done = None
        if form.is_valid():
            photo = forms.paper_of(form.cleaned_data["photo"]) or Photo("", b"")
            done = self.attempt(form, lambda: act(photo) or True)  # type: ignore[func-returns-value]
        if done is None:
            return self.show(public_id, form, status=422)
        messages.success(self.request, said)
        return redirect("legal:public_notice", public_id)


class PublicNotice(NoticeView):
    """One notice, ready to print."""

    def get(self, request: HttpRequest, public_id: int) -> HttpResponse:
        return self.show(public_id)


class SignNotice(NoticeView):
    """Legal signs one that names rooms."""

    permission = Permission.FILING_RECORD

    def post(self, request: HttpRequest, public_id: int) -> HttpResponse:
        staff = self.request.staff
        services.sign_notice(public_id=public_id, by=staff, on=clock.today(), at=clock.now())
        messages.success(request, _("It waits for a decision."))
        return redirect("legal:public_notice", public_id)


class PostNotice(NoticeView):
    """It was hung."""

    permission = Permission.HOLD_SET

    def post(self, request: HttpRequest, public_id: int) -> HttpResponse:
        def act(photo: Photo) -> None:
            services.post_notice(public_id=public_id, photo=photo, on=clock.today())

        return self.hang(public_id, act, _("It hangs."))


class RemoveNotice(NoticeView):
    """It was taken down."""

    permission = Permission.HOLD_SET

    def post(self, request: HttpRequest, public_id: int) -> HttpResponse:
        def act(photo: Photo) -> None:
            services.remove_notice(public_id=public_id, photo=photo, on=clock.today())

        return self.hang(public_id, act, _("It is taken down."))
