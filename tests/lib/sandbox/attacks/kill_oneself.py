# expect: status=ok|signal
import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
print("the first process of a namespace cannot")
