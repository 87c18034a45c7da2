# expect: status=ok stdout=blocked
import os

try:
    os.execv("/usr/bin/id", ["id"])
except OSError:
    print("blocked")
