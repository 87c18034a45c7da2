# expect: status=memory|error|timeout|signal
# limits: processes=4 memory_mb=96 wall_s=4
# rungs: A
# Only a control group adds children up; here each stays below its own limit.
import os
import time

for _ in range(3):
    if os.fork() == 0:
        hoard = [bytes(b"x" * (1 << 20)) for _ in range(80)]
        time.sleep(3)
        os._exit(0)
statuses = [os.wait()[1] for _ in range(3)]
assert not any(statuses), statuses
print("LEAK")
