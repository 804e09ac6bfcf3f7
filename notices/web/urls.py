"""Outbox, deliveries, papers."""

from django.urls import path

from notices.web import chosen, deliveries, fate, lists, views

app_name = "notices"
urlpatterns = [
    path("notices/", lists.Notices.as_view(), name="notices"),
    path("notices/rounds/", views.PrintRound.as_view(), name="print_round"),
    path("notices/print/", chosen.PrintChosen.as_view(), name="print_chosen"),
    path("notices/<int:notice_id>/", views.NoticePage.as_view(), name="notice"),
    path("notices/<int:notice_id>/pdf/", views.NoticePdf.as_view(), name="notice_pdf"),
    path("notices/<int:notice_id>/fate/", fate.Fate.as_view(), name="fate"),
    path("units/<int:unit_id>/notices/", views.UnitNotices.as_view(), name="unit_notices"),
    path("deliveries/", lists.Deliveries.as_view(), name="deliveries"),
    path("deliveries/round/", deliveries.DeliveryRound.as_view(), name="delivery_round"),
    path("deliveries/chosen/", chosen.DeliverChosen.as_view(), name="deliver_chosen"),
    path("deliveries/<int:notice_id>/", deliveries.DeliveryOf.as_view(), name="delivery"),
]
