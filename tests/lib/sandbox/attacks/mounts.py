# expect: status=ok stdout=blocked
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
results = [
    libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None),
    libc.mount(b"/", b"/tmp", None, 4096, None),
    libc.mount(None, b"/", None, 32 | 4096, None),
    libc.umount2(b"/proc", 2),
    libc.umount2(b"/tmp", 2),
    libc.chroot(b"."),
    libc.syscall(155, b".", b"."),
    libc.syscall(428, -100, b"/", 1),
    libc.syscall(430, b"tmpfs", 0),
    libc.syscall(442, -100, b"/", 0, None, 0),
]
print("blocked" if all(result == -1 for result in results) else f"LEAK {results}")
