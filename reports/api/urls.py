"""The reports' part of the API."""

from django.urls import path

from reports.api import views

app_name = "reports_api"
urlpatterns = [
    path("search/", views.SearchDoor.as_view(), name="search"),
    path("reports/today/", views.TodayDoor.as_view(), name="today"),
    path("reports/dashboard/", views.DashboardDoor.as_view(), name="dashboard"),
    path("reports/targets/", views.TargetsDoor.as_view(), name="targets"),
    path("reports/ageing/", views.AgeingDoor.as_view(), name="ageing"),
]
