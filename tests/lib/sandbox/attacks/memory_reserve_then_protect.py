# expect: status=ok stdout=blocked
# limits: memory_mb=128
# Reserve without rights, then make it writable: the change must be counted.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
SIZE = 1 << 30
for flags in (0x22, 0x4022):
    for rights in (0, 1):
        place = libc.mmap(None, SIZE, rights, flags, -1, 0)
        if place not in (None, ctypes.c_void_p(-1).value) and libc.mprotect(place, SIZE, 3) == 0:
            print("LEAK", hex(flags), rights)
print("blocked")
