# expect: status=ok stdout=blocked
# Calls that have been a way into the kernel, by number (x86-64, aarch64).
import ctypes
import platform

CALLS = {
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "io_uring_setup": (425, 425),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "mq_open": (240, 180),
    "personality": (135, 92),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "process_madvise": (440, 440),
    "memfd_secret": (447, 447),
    "fanotify_init": (300, 262),
    "quotactl": (179, 60),
    "swapon": (167, 224),
    "reboot": (169, 142),
    "acct": (163, 89),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "sethostname": (170, 161),
    "syslog": (103, 116),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
    "vmsplice": (278, 75),
    "splice": (275, 76),
    "tee": (276, 77),
    "io_setup": (206, 0),
    "clone3": (435, 435),
    "setns": (308, 268),
    "capset": (126, 91),
    "setuid": (105, 146),
    "setgroups": (116, 159),
    "iopl": (172, -1),
    "modify_ldt": (154, -1),
    "kcmp": (312, 272),
    "lookup_dcookie": (212, 18),
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "inotify_init1": (294, 26),
    "seccomp": (317, 277),
    "landlock_create_ruleset": (444, 444),
    "openat2": (437, 437),
    "statmount": (457, 457),
    "listmount": (458, 458),
    "lsm_set_self_attr": (460, 460),
    "set_mempolicy": (238, 237),
    "mbind": (237, 235),
}
libc = ctypes.CDLL(None, use_errno=True)
column = 0 if platform.machine() == "x86_64" else 1
for name, numbers in CALLS.items():
    if numbers[column] < 0:
        continue
    result = libc.syscall(numbers[column], 0, 0, 0, 0, 0)
    if result != -1 or ctypes.get_errno() not in (1, 38):
        print("LEAK", name, result, ctypes.get_errno())
print("blocked")
