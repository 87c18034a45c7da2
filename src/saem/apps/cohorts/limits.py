"""How often one may try to come into a class. A whole school shares one address; one nickname has one owner."""

from saem.apps.cohorts.models import Classroom
from saem.apps.people.limits import Limit

MINUTE, HOUR, DAY = 60, 3600, 86400

WRONG_CODE = Limit("join.code", times=100, seconds=10 * MINUTE)  # by address
PIN_OF_STUDENT = Limit("join.pin", times=5, seconds=5 * MINUTE)  # by class and nickname
PIN_OF_STUDENT_A_DAY = Limit("join.pin_day", times=30, seconds=DAY)  # by class and nickname: 4 digits last a year
PIN_FROM_ADDRESS = Limit("join.pin_address", times=300, seconds=10 * MINUTE)  # by address
NEW_FROM_ADDRESS = Limit("join.new_address", times=500, seconds=HOUR)  # by address
NEW_IN_CLASS = Limit("join.new_class", times=100, seconds=HOUR)  # by class


def student_key(classroom: Classroom, nickname: str) -> str:
    return f"{classroom.pk} {nickname.lower()}"
