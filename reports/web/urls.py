"""The page of the day and the reports."""

from django.urls import path

from reports.web import funds, views

app_name = "reports"
urlpatterns = [
    path("search/", views.SearchPage.as_view(), name="search"),
    path("", views.TodayPage.as_view(), name="today"),
    path("reports/dashboard/", views.DashboardPage.as_view(), name="dashboard"),
    path("reports/targets/", views.TargetsPage.as_view(), name="targets"),
    path("reports/targets/set/", views.SetTarget.as_view(), name="set_target"),
    path("reports/days/", funds.DaysPage.as_view(), name="days"),
    path("reports/days/<int:community_id>/", funds.DayPage.as_view(), name="day"),
    path("reports/days/<int:community_id>/close/", funds.CloseDay.as_view(), name="day_close"),
    path("reports/days/<int:community_id>/review/", funds.ReviewDay.as_view(), name="day_review"),
    path("reports/days/<int:community_id>/sign/", funds.SignDay.as_view(), name="day_sign"),
    path("reports/days/<int:community_id>/funds.pdf", funds.DayPdf.as_view(), name="day_pdf"),
    path("reports/days/<int:community_id>/funds.xlsx", funds.DaySheet.as_view(), name="day_sheet"),
    path("reports/ageing/", views.AgeingPage.as_view(), name="ageing"),
    path("reports/ageing.xlsx", views.AgeingSheet.as_view(), name="ageing_sheet"),
]
