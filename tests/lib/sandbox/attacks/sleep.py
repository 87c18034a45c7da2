# expect: status=timeout
# limits: wall_s=0.3
import time

time.sleep(60)
