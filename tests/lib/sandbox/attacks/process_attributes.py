# expect: status=ok stdout=blocked
# Nothing the harness set on the process can be taken back.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_MM, PR_CAP_AMBIENT = (
    1,
    4,
    8,
    22,
    24,
    35,
    47,
)
options = (
    PR_SET_PDEATHSIG,
    PR_SET_DUMPABLE,
    PR_SET_KEEPCAPS,
    PR_SET_SECCOMP,
    PR_CAPBSET_DROP,
    PR_SET_MM,
    PR_CAP_AMBIENT,
    (1 << 32) | 4,
)
libc.prctl.argtypes = [ctypes.c_ulong] * 5
results = [libc.prctl(option, 1, 0, 0, 0) for option in options]
print("blocked" if all(result == -1 for result in results) else f"LEAK {results}")
