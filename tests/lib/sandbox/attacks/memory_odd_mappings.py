# expect: status=ok stdout=blocked
# Kinds of memory that no resource limit counts: growing down, huge pages, droppable, validated sharing.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_long
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
PRIVATE, SHARED, ANONYMOUS = 2, 1, 0x20
for flags in (
    PRIVATE | ANONYMOUS | 0x100,
    PRIVATE | ANONYMOUS | 0x40000,
    8 | ANONYMOUS,
    3 | ANONYMOUS,
    SHARED | ANONYMOUS | 0x4000,
    SHARED | ANONYMOUS | 0x100,
    (1 << 32) | SHARED | ANONYMOUS,
):
    if libc.mmap(None, 1 << 20, 3, flags, -1, 0) != -1:
        print("LEAK", hex(flags))
print("blocked")
