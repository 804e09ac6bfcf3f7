"""The outbox's part of the API."""

from django.urls import path

from notices.api import fate, templates, views

app_name = "notices_api"
urlpatterns = [
    path("notices/", views.Notices.as_view(), name="notices"),
    path("notices/rounds/", views.PrintRounds.as_view(), name="print_rounds"),
    path("notices/<int:notice_id>/", views.Notice.as_view(), name="notice"),
    path("notices/<int:notice_id>/pdf/", views.NoticePdf.as_view(), name="notice_pdf"),
    path("notices/<int:notice_id>/deliveries/", views.Deliveries.as_view(), name="deliveries"),
    path("notices/<int:notice_id>/fate/", fate.Fate.as_view(), name="fate"),
    path("templates/", templates.Templates.as_view(), name="templates"),
    path("templates/preview/", templates.Preview.as_view(), name="template_preview"),
    path("templates/<int:template_id>/", templates.Template.as_view(), name="template"),
    path("sms/receipts/", fate.SmsReceipts.as_view(), name="sms_receipts"),
    path("deliveries/waiting/", views.Waiting.as_view(), name="waiting"),
    path("deliveries/papers/", views.WaitingPapers.as_view(), name="papers"),
    path("deliveries/rounds/", views.DeliveryRounds.as_view(), name="delivery_rounds"),
]
