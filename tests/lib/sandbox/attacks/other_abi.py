# expect: status=signal
# arch: x86_64
# The x32 calls have other numbers; a filter that forgot them would let everything through.
import ctypes

ctypes.CDLL(None).syscall(0x40000000 | 39)
print("LEAK")
