# expect: status=ok stdout=blocked
# What getenv in libc sees, not Python's copy.
import ctypes

libc = ctypes.CDLL(None)
libc.getenv.restype = ctypes.c_char_p
print("LEAK" if libc.getenv(b"SAEM_TEST_SECRET") else "blocked")
