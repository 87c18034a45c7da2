# expect: status=ok stdout=blocked
for path in (
    "/proc/1/environ",
    "/proc/self/environ",
    "/proc/self/mem",
    "/proc/1/maps",
    "/proc/self/status",
    "/proc/cpuinfo",
    "/proc/net/tcp",
    "/proc/self/root/etc/shadow",
    "/proc/1/root/etc/shadow",
    "/proc/self/cwd/../etc/shadow",
):
    try:
        open(path, "rb").read(10)
        print("LEAK", path)
    except OSError:
        pass
print("blocked")
