# expect: status=ok stdout=blocked
import os

found = [
    path
    for path in ("left_behind", "/tmp/left_behind", "/dev/shm/left_behind", "/var/tmp/left_behind")
    if os.path.exists(path)
]
print("LEAK" if found or os.listdir(".") != ["tmp"] else "blocked", *found)
