"""Owners' part of the API."""

from django.urls import path

from owners.api import views

app_name = "owners_api"
urlpatterns = [
    path("communities/", views.Communities.as_view(), name="communities"),
    path("communities/<int:community_id>/", views.Community.as_view(), name="community"),
    path("units/", views.Units.as_view(), name="units"),
    path("units/<int:unit_id>/", views.Unit.as_view(), name="unit"),
    path("units/<int:unit_id>/legacy-issues/", views.LegacyIssues.as_view(), name="legacy_issues"),
    path(
        "units/<int:unit_id>/legacy-issues/<int:issue_id>/close/",
        views.CloseLegacyIssue.as_view(),
        name="legacy_issue_close",
    ),
    path("units/<int:unit_id>/hand-over/", views.HandOver.as_view(), name="hand_over"),
    path("parties/<int:party_id>/contacts/", views.PartyContacts.as_view(), name="party_contacts"),
    path("contacts/<int:contact_id>/", views.Contact.as_view(), name="contact"),
    path("contacts/<int:contact_id>/verify/", views.VerifyContact.as_view(), name="contact_verify"),
    path("contacts/<int:contact_id>/reveal/", views.RevealContact.as_view(), name="contact_reveal"),
]
