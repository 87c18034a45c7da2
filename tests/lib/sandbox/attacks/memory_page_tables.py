# expect: status=ok stdout=blocked
# Terabytes of the zero page cost only page tables, which nothing counts but the address space.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
place = libc.mmap(None, 1 << 40, 1, 0x4022, -1, 0)
print("blocked" if place in (None, ctypes.c_void_p(-1).value) else "LEAK")
