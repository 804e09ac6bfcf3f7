"""Units, their people, communities."""

from django.urls import path

from owners.web import communities, unit_list, views

app_name = "owners"
urlpatterns = [
    path("units/", unit_list.Units.as_view(), name="units"),
    path("units/<int:unit_id>/", views.Unit.as_view(), name="unit"),
    path("units/<int:unit_id>/edit/", views.EditUnit.as_view(), name="unit_edit"),
    path("units/<int:unit_id>/hand-over/", views.HandOver.as_view(), name="unit_hand_over"),
    path("units/<int:unit_id>/issues/", views.AddIssue.as_view(), name="issue_add"),
    path("units/<int:unit_id>/issues/<int:issue_id>/close/", views.CloseIssue.as_view(), name="issue_close"),
    path("units/<int:unit_id>/contacts/", views.AddContact.as_view(), name="contact_add"),
    path("units/<int:unit_id>/contacts/<int:contact_id>/", views.MarkContact.as_view(), name="contact_mark"),
    path(
        "units/<int:unit_id>/contacts/<int:contact_id>/verify/",
        views.VerifyContact.as_view(),
        name="contact_verify",
    ),
    path("contacts/<int:contact_id>/reveal/", views.RevealContact.as_view(), name="contact_reveal"),
    path("communities/", communities.Communities.as_view(), name="communities"),
    path("communities/new/", communities.NewCommunity.as_view(), name="community_new"),
    path("communities/<int:community_id>/", communities.CommunityPage.as_view(), name="community"),
    path("communities/<int:community_id>/edit/", communities.EditCommunity.as_view(), name="community_edit"),
]
