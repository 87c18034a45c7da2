# expect: status=output
# limits: wall_s=5
import sys

while True:
    sys.stderr.write("x" * 1000)
