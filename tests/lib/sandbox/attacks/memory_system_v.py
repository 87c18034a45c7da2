# expect: status=ok stdout=blocked
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
results = [libc.shmget(0, 1 << 20, 0o1600), libc.semget(0, 1, 0o1600), libc.msgget(0, 0o1600)]
print("blocked" if results == [-1, -1, -1] else f"LEAK {results}")
