# expect: status=timeout|ok
# limits: wall_s=0.4
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
