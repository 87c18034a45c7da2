# expect: status=timeout
# limits: wall_s=0.4
import re

re.match(r"(a+)+$", "a" * 60 + "b")
