# expect: status=ok stdout=blocked
import sys

places = [
    "/",
    "/usr/",
    "/usr/lib/",
    "/etc/",
    "/sbx/",
    "/dev/",
    "/proc/",
    "/opt/",
    "/var/tmp/",
    "/home/",
    "/root/",
    sys.prefix + "/",
]
places += [path + "/" for path in sys.path[1:]]
for place in places:
    try:
        open(place + "planted", "w").write("x")
        print("LEAK", place)
    except OSError:
        pass
print("blocked")
