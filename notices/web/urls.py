"""Outbox, deliveries, papers."""

from django.urls import path

from notices.web import chosen, deliveries, fate, lists, templates, views

app_name = "notices"
urlpatterns = [
    path("notices/", lists.Notices.as_view(), name="notices"),
    path("notices/rounds/", views.PrintRound.as_view(), name="print_round"),
    path("notices/print/", chosen.PrintChosen.as_view(), name="print_chosen"),
    path("notices/<int:notice_id>/", views.NoticePage.as_view(), name="notice"),
    path("notices/<int:notice_id>/pdf/", views.NoticePdf.as_view(), name="notice_pdf"),
    path("notices/<int:notice_id>/fate/", fate.Fate.as_view(), name="fate"),
    path("units/<int:unit_id>/notices/", views.UnitNotices.as_view(), name="unit_notices"),
    path("templates/", templates.Templates.as_view(), name="templates"),
    path("templates/standard/", templates.StandardText.as_view(), name="template_standard"),
    path("templates/paper/", templates.Paper.as_view(), name="template_paper"),
    path("templates/paper/pdf/", templates.PaperPdf.as_view(), name="template_paper_pdf"),
    path("templates/preview/", templates.Preview.as_view(), name="template_preview"),
    path("templates/revise/", templates.Revise.as_view(), name="template_revise"),
    path("templates/compare/", templates.Compare.as_view(), name="template_compare"),
    path("templates/<int:template_id>/", templates.TextPage.as_view(), name="template"),
    path("deliveries/", lists.Deliveries.as_view(), name="deliveries"),
    path("deliveries/round/", deliveries.DeliveryRound.as_view(), name="delivery_round"),
    path("deliveries/chosen/", chosen.DeliverChosen.as_view(), name="deliver_chosen"),
    path("deliveries/<int:notice_id>/", deliveries.DeliveryOf.as_view(), name="delivery"),
]
