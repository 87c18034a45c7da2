# expect: status=ok stdout=blocked
import os
import subprocess
import multiprocessing


def spawn():
    return os.posix_spawn("/usr/bin/true", ["true"], {})


for act in (os.fork, os.forkpty, spawn, lambda: subprocess.run(["/usr/bin/true"])):
    try:
        act()
        print("LEAK", act)
    except OSError:
        pass
print("blocked")
