# expect: status=ok stdout=blocked
# limits: memory_mb=64
# Near the address-space limit the kernel stops counting mappings that become writable; so that limit must be close.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
SIZE = 16 << 20
places = []
while (place := libc.mmap(None, SIZE, 1, 0x22, -1, 0)) not in (None, ctypes.c_void_p(-1).value):
    places.append(place)
    assert len(places) < 1000
writable = [place for place in places if libc.mprotect(place, SIZE, 3) == 0]
print("LEAK" if len(writable) * 16 > 64 + 256 + 32 else "blocked")
