"""Screens of a company's administrators: members and API keys."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people import places
from tenancy.people.queries.members import MemberRow, member, members
from tenancy.people.queries.tokens import tokens
from tenancy.people.services import members as services
from tenancy.people.services.tokens import issue_token, revoke_token
from tenancy.people.web import forms


class MemberAdd(StaffView):
    permission = Permission.STAFF_EDIT
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewMember(communities=places.communities(), initial={"everywhere": True})
        return self.page("people/member_add.html", form=form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.NewMember(request.POST, communities=places.communities())
        if form.is_valid():
            given = form.cleaned_data
            made = self.attempt(
                form,
                lambda: services.add_member(
                    username=given["username"],
                    name=given["name"],
                    password=given["password"],
                    roles=given["roles"],
                    community_ids=form.community_ids(),
                ),
            )
            if made is not None:
                messages.success(request, _("%(name)s can log in now.") % {"name": given["name"]})
                return redirect("people:members")
        return self.page("people/member_add.html", status=422, form=form)


class MemberEdit(StaffView):
    permission = Permission.STAFF_EDIT
    follows_choice = False

    def get(self, request: HttpRequest, membership_id: int) -> HttpResponse:
        row = _member(membership_id)
        form = forms.ChangedMember(
            communities=places.communities(),
            initial={
                "roles": row.roles,
                "everywhere": row.community_ids is None,
                "communities": row.community_ids or (),
                "is_active": row.is_active,
            },
        )
        return self._shown(row, form)

    def post(self, request: HttpRequest, membership_id: int) -> HttpResponse:
        row = _member(membership_id)
        form = forms.ChangedMember(request.POST, communities=places.communities())
        if form.is_valid():
            self.attempt(
                form,
                lambda: services.change_member(
                    membership_id=membership_id,
                    roles=form.cleaned_data["roles"],
                    community_ids=form.community_ids(),
                    is_active=form.cleaned_data["is_active"],
                ),
            )
            if form.is_valid():
                messages.success(request, _("Saved."))
                return redirect("people:members")
        return self._shown(row, form, status=422)

    def _shown(self, row: MemberRow, form: forms.ChangedMember, *, status: int = 200) -> HttpResponse:
        return self.page(
            "people/member_edit.html", status=status, member=row, form=form, password=forms.NewPassword()
        )


class MemberPassword(StaffView):
    permission = Permission.STAFF_EDIT
    follows_choice = False

    def get(self, request: HttpRequest, membership_id: int) -> HttpResponse:
        return self.page(
            "people/member_password.html", member=_member(membership_id), form=forms.NewPassword()
        )

    def post(self, request: HttpRequest, membership_id: int) -> HttpResponse:
        row = _member(membership_id)
        form = forms.NewPassword(request.POST)
        if form.is_valid():
            password = form.cleaned_data["password"]
            self.attempt(form, lambda: services.set_password(membership_id=membership_id, password=password))
            if form.is_valid():
                messages.success(request, _("The password of %(name)s is set.") % {"name": row.name})
                return redirect("people:members")
        return self.page("people/member_password.html", status=422, member=row, form=form)


class Tokens(StaffView):
    permission = Permission.TOKEN_EDIT
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(forms.NewToken(members=_works_as()))

    def post(self, request: HttpRequest) -> HttpResponse:
        """The answer shows the key once; it is in no address and no session."""
        form = forms.NewToken(request.POST, members=_works_as())
        if not form.is_valid():
            return self._shown(form, status=422)
        given = form.cleaned_data
        _token, key = issue_token(name=given["name"], user_id=given["user"], expires_on=given["expires_on"])
        return self._shown(forms.NewToken(members=_works_as()), key=key, key_name=given["name"])

    def _shown(self, form: forms.NewToken, *, status: int = 200, **new: str) -> HttpResponse:
        response = self.page(
            "people/token_list.html", status=status, rows=tokens(as_of=clock.today()), form=form, **new
        )
        response["Cache-Control"] = "no-store"
        return response


class OwnTokens(StaffView):
    """One's own keys: whoever takes his key himself decides with it, as he does on the screen."""

    permission = Permission.SIGNED_IN
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(forms.NewKey())

    def post(self, request: HttpRequest) -> HttpResponse:
        """A new key, shown this once; or (`revoke`) the end of one."""
        mine = self.request.staff.user_id
        if request.POST.get("revoke", "").isdecimal():
            revoke_token(token_id=int(request.POST["revoke"]), user_id=mine)
            messages.success(request, _("The key opens nothing any more."))
            return redirect("people:own_tokens")
        form = forms.NewKey(request.POST)
        if not form.is_valid():
            return self._shown(form, status=422)
        given = form.cleaned_data
        _token, key = issue_token(name=given["name"], user_id=mine, expires_on=given["expires_on"])
        return self._shown(forms.NewKey(), key=key, key_name=given["name"])

    def _shown(self, form: forms.NewKey, *, status: int = 200, **new: str) -> HttpResponse:
        rows = tokens(as_of=clock.today(), user_id=self.request.staff.user_id)
        response = self.page("people/token_list.html", status=status, rows=rows, form=form, own=True, **new)
        response["Cache-Control"] = "no-store"
        return response


class TokenRevoke(StaffView):
    permission = Permission.TOKEN_EDIT
    follows_choice = False

    def post(self, request: HttpRequest, token_id: int) -> HttpResponse:
        revoke_token(token_id=token_id)
        messages.success(request, _("The key opens nothing any more."))
        return redirect("people:tokens")


def _member(membership_id: int) -> MemberRow:
    row = member(membership_id)
    if row is None:
        raise NotFound(_("There is no such member."))
    return row


def _works_as() -> list[tuple[int, str]]:
    return [(row.user_id, row.name) for row in members() if row.is_active]
