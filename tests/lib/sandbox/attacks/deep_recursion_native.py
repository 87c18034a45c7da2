# expect: status=signal|error|memory
# limits: wall_s=8 cpu_s=8
import sys

sys.setrecursionlimit(10**8)


class Nest:
    def __repr__(self):
        return repr([Nest()])


repr(Nest())
