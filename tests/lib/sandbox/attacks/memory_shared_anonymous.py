# expect: status=ok stdout=blocked
# RLIMIT_DATA does not count shared anonymous memory.
import mmap

try:
    mmap.mmap(-1, 1 << 20)
    print("LEAK")
except OSError:
    print("blocked")
