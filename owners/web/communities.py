"""Screens of communities: the list, a new one, what documents say about one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from owners import services
from owners.queries import community_card, community_cards
from owners.web import forms
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.queries.audit import changes_of

_CHANGES = ("community.created", "community.edited")


class Communities(StaffView):
    """All communities the member may see."""

    permission = Permission.UNIT_SEE
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        may_edit = self.request.staff.can(Permission.UNIT_EDIT)
        rows = community_cards()
        return self.page("owners/community_list.html", rows=rows, may_edit=may_edit)


class NewCommunity(StaffView):
    """Open a community."""

    permission = Permission.UNIT_EDIT
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("owners/community_edit.html", form=forms.NewCommunity())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewCommunity(request.POST)
        done = form.is_valid() and self.attempt(form, lambda: _create(form))
        if not done:
            return self.page("owners/community_edit.html", status=422, form=form)
        messages.success(
            request, _("The community is there. Add its service contract and import its register next.")
        )
        return redirect("owners:communities")


class CommunityPage(StaffView):
    """What documents say about one community, and who changed it when."""

    permission = Permission.UNIT_SEE
    follows_choice = False

    def get(self, request: HttpRequest, community_id: int) -> HttpResponse:
        return self.page(
            "owners/community_show.html",
            community=community_card(community_id),
            rows=changes_of("community", community_id, actions=_CHANGES),
            may_edit=self.request.staff.can(Permission.UNIT_EDIT),
            may_see_terms=self.request.staff.can(Permission.TARIFF_SEE),
        )


class EditCommunity(StaffView):
    """Change what documents say."""

    permission = Permission.UNIT_EDIT
    follows_choice = False

    def get(self, request: HttpRequest, community_id: int) -> HttpResponse:
        card = community_card(community_id)
        form = forms.EditCommunity(card._asdict())
        return self.page("owners/community_edit.html", community=card, form=form)

    def post(self, request: HttpRequest, community_id: int) -> HttpResponse:
        card = community_card(community_id)
        form = forms.EditCommunity(request.POST)
        if not form.is_valid():
            return self.page("owners/community_edit.html", status=422, community=card, form=form)
        services.edit_community(community_id=community_id, fields=form.said())
        messages.success(request, _("Saved. Papers and messages made from now on say it."))
        return redirect("owners:community", community_id)


def _create(form: forms.NewCommunity) -> bool:
    return bool(services.create_community(code=form.cleaned_data["code"], fields=form.said()))
