# expect: status=ok stdout=blocked
import os
import signal

own = os.getpid()
for pid in (os.getppid(), 2, 3, 100, 1000):
    if pid in (0, own):
        continue
    try:
        os.kill(pid, signal.SIGKILL)
        print("LEAK", pid)
    except OSError:
        pass
print("blocked")
