"""Sessions and attendance: the timetable, check-in by code and by list, minutes against the plan, calendar feeds."""
