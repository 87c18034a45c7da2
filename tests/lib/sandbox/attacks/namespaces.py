# expect: status=ok stdout=blocked
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
leaks = [
    hex(flag)
    for flag in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000, 0x10020000)
    if libc.unshare(flag) == 0
]
for flag in (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x10000000 | 0x10000 | 0x100 | 0x800):
    if libc.syscall(56, flag | 17, 0, 0, 0, 0) >= 0:
        leaks.append(("clone", hex(flag)))
print("LEAK" if leaks else "blocked", *leaks)
