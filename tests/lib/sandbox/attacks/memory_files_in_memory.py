# expect: status=ok stdout=blocked
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for act in (lambda: os.memfd_create("x"), lambda: os.open("/dev/shm", os.O_TMPFILE | os.O_RDWR)):
    try:
        descriptor = act()
        written = 0
        while written < 64 << 20:
            written += os.write(descriptor, bytes(1 << 20))
        print("LEAK")
    except OSError:
        pass
print("blocked")
