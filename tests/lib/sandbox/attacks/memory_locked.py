# expect: status=ok stdout=blocked
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
print(
    "blocked" if libc.mlockall(3) == -1 and libc.mlock(ctypes.create_string_buffer(1 << 16), 1 << 16) == -1 else "LEAK"
)
