# expect: status=ok stdout=blocked
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(64)
vector = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 64)
leaks = []
for pid in (1, 2, 3, 100):
    if libc.ptrace(16, pid, 0, 0) != -1:
        leaks.append(("ptrace", pid))
    if libc.process_vm_readv(pid, vector, 1, vector, 1, 0) != -1:
        leaks.append(("readv", pid))
print("LEAK" if leaks else "blocked", *leaks)
