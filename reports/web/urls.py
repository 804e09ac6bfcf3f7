"""The page of the day and the reports."""

from django.urls import path

from reports.web import views

app_name = "reports"
urlpatterns = [
    path("search/", views.SearchPage.as_view(), name="search"),
    path("", views.TodayPage.as_view(), name="today"),
    path("reports/dashboard/", views.DashboardPage.as_view(), name="dashboard"),
    path("reports/targets/", views.TargetsPage.as_view(), name="targets"),
    path("reports/targets/set/", views.SetTarget.as_view(), name="set_target"),
    path("reports/ageing/", views.AgeingPage.as_view(), name="ageing"),
    path("reports/ageing.xlsx", views.AgeingSheet.as_view(), name="ageing_sheet"),
]
