# expect: status=ok stdout=blocked
import os

for path in ("/root", "/home", "/var", "/srv", "/mnt", "/run", "/sys", "/boot", "/opt", "/sbx", "/"):
    try:
        print("LEAK", path, os.listdir(path))
    except OSError:
        pass
print("blocked")
