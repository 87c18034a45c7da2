# expect: status=ok stdout=blocked
# Typing into the terminal of whoever started us, also with the upper half of the argument set.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.ioctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p]
results = [
    libc.ioctl(number, command, b"x") for number in (0, 1, 2) for command in (0x5412, 0x541C, (1 << 32) | 0x5412)
]
print("blocked" if all(result == -1 for result in results) else f"LEAK {results}")
