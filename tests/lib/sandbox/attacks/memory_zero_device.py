# expect: status=ok stdout=blocked
# A shared read-only mapping of /dev/zero allocates a page for each one read, uncounted.
import mmap
import os

try:
    descriptor = os.open("/dev/zero", os.O_RDONLY)
    mmap.mmap(descriptor, 1 << 20, mmap.MAP_SHARED, mmap.PROT_READ)
    print("LEAK")
except OSError:
    print("blocked")
