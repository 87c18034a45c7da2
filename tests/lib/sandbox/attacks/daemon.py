# expect: status=ok stdout=parent
# limits: processes=8 wall_s=5
# rungs: A B
# A daemon that detached itself twice dies with its process namespace; the test looks for it.
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(3):
            os.close(number)
        time.sleep(60)
    os._exit(0)
print("parent")
