# expect: status=ok stdout=blocked
import os

open("file", "w").close()
try:
    os.setxattr("file", "user.x", bytes(60000))
    print("LEAK")
except OSError:
    print("blocked")
