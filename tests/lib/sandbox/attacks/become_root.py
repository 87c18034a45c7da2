# expect: status=ok stdout=blocked
import os

for act in (
    lambda: os.setuid(0),
    lambda: os.setgid(0),
    lambda: os.setresuid(0, 0, 0),
    lambda: os.setgroups([0]),
    lambda: os.chown(".", 0, 0),
):
    try:
        act()
        print("LEAK")
    except OSError:
        pass
print("LEAK root" if 0 in (os.getuid(), os.geteuid()) else "blocked")
