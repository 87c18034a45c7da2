# expect: status=timeout
# limits: wall_s=0.4
import atexit


def hold():
    while True:
        pass


atexit.register(hold)
