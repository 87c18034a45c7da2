# expect: status=ok stdout=blocked
import json
import os

for act in (
    lambda: open(json.__file__, "a").write("x"),
    lambda: os.unlink(json.__file__),
    lambda: os.chmod(json.__file__, 0o777),
    lambda: os.rename(json.__file__, "/tmp/x"),
    lambda: os.utime(json.__file__),
    lambda: os.truncate(json.__file__, 0),
):
    try:
        act()
        print("LEAK")
    except OSError:
        pass
print("blocked")
