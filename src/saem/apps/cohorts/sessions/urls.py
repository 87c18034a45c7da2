"""Addresses of sessions and attendance."""

from django.urls import include, path

from saem.apps.cohorts.sessions.views import checkin, keeping, mine, overview, roll, timetable

app_name = "sessions"

of_a_session = [
    path("change/", timetable.change, name="change"),
    path("cancel/", timetable.cancel, name="cancel"),
    path("restore/", timetable.restore, name="restore"),
    path("list/", roll.roll, name="roll"),
    path("list/live/", roll.live, name="live"),
    path("list/presses/", roll.presses, name="presses"),
    path("code/<str:way>/", roll.code, name="code"),
]
urlpatterns = [
    path("cohorts/<int:pk>/sessions/", timetable.of_cohort, name="cohort"),
    path("cohorts/<int:pk>/sessions/new/", timetable.new_in_cohort, name="cohort_new"),
    path("cohorts/<int:pk>/sessions/calendar/", timetable.cohort_calendar, name="cohort_calendar"),
    path("classes/<int:pk>/sessions/", timetable.of_class, name="classroom"),
    path("classes/<int:pk>/sessions/new/", timetable.new_in_class, name="classroom_new"),
    path("classes/<int:pk>/attendance/", overview.attendance, name="attendance"),
    path("classes/<int:pk>/attendance.xlsx", overview.export, name="export"),
    path("classes/<int:pk>/attendance/sheet/", overview.sheet, name="sheet"),
    path("classes/<int:pk>/attendance/sheet/apply/", overview.apply, name="sheet_apply"),
    path("sessions/worker.js", keeping.worker, name="worker"),
    path("sessions/<int:pk>/", include(of_a_session)),
    path("checkin/", checkin.typed, name="typed"),
    path("checkin/<int:pk>/<str:way>/", checkin.check, name="check"),
    path("checkin/<int:pk>/<str:way>/<str:code>/", checkin.scan, name="scan"),
    path("timetable/", mine.mine, name="mine"),
    path("timetable/calendar/", mine.own_calendar, name="calendar"),
    path("calendar/<str:token>.ics", mine.feed, name="feed"),
]
