# expect: status=output|error|ok
# limits: wall_s=3
# The channel to the host takes no more than an honest harness says.
import os
import struct

os.write(3, struct.pack("!II", 0xFFFFFFF0, 0xFFFFFFF0))
while True:
    os.write(3, bytes(1 << 16))
