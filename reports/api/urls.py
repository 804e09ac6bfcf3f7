"""The reports' part of the API."""

from django.urls import path

from reports.api import funds, views

app_name = "reports_api"
urlpatterns = [
    path("search/", views.SearchDoor.as_view(), name="search"),
    path("reports/today/", views.TodayDoor.as_view(), name="today"),
    path("reports/dashboard/", views.DashboardDoor.as_view(), name="dashboard"),
    path("reports/targets/", views.TargetsDoor.as_view(), name="targets"),
    path("reports/days/", funds.Days.as_view(), name="days"),
    path("reports/days/<int:community_id>/", funds.OneDay.as_view(), name="day"),
    path("reports/days/<int:community_id>/close/", funds.CloseDay.as_view(), name="day_close"),
    path("reports/days/<int:community_id>/review/", funds.ReviewDay.as_view(), name="day_review"),
    path("reports/days/<int:community_id>/sign/", funds.SignDay.as_view(), name="day_sign"),
    path("reports/ageing/", views.AgeingDoor.as_view(), name="ageing"),
]
