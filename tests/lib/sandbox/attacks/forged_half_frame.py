# expect: status=timeout
# limits: wall_s=0.4
import os
import struct
import time

os.write(3, struct.pack("!II", 1000, 0) + b"{")
time.sleep(60)
