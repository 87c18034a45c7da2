# expect: status=ok stdout=blocked
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
leaks = [
    flags for flags in (17, 0x100 | 17, 0x4000 | 0x100 | 17, 0x8000 | 17) if libc.syscall(56, flags, 0, 0, 0, 0) >= 0
]
print("LEAK" if leaks or libc.fork() >= 0 else "blocked")
