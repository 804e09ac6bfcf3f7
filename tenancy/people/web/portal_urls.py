"""The owners' portal on a phone: one page for every address under /my/, and its worker for bad lines."""

from django.urls import path

from tenancy.people.web import portal

app_name = "portal_page"
urlpatterns = [
    path("", portal.Shell.as_view(), name="home"),
    path("offline.js", portal.OfflineWorker.as_view(), name="offline_worker"),
    path("<path:place>", portal.Shell.as_view(), name="place"),
]
