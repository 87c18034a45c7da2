# expect: status=ok stdout=blocked
import resource

for name in ("DATA", "AS", "CPU", "FSIZE", "NPROC", "NOFILE", "CORE", "MEMLOCK", "STACK", "MSGQUEUE", "SIGPENDING"):
    kind = getattr(resource, f"RLIMIT_{name}", 11)
    for limit in (resource.RLIM_INFINITY, 1 << 50):
        try:
            resource.setrlimit(kind, (limit, limit))
            print("LEAK", name)
        except (OSError, ValueError):
            pass
try:
    resource.prlimit(1 if __import__("os").getpid() != 1 else 2, resource.RLIMIT_CPU)
    print("LEAK prlimit")
except OSError:
    pass
print("blocked")
