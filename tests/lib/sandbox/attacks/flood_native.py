# expect: status=output
# limits: wall_s=5
import os

while True:
    os.write(1, bytes(1 << 16))
