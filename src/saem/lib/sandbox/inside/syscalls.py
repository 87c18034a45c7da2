"""The system calls a course needs: what is not named here is refused.

Traced from NumPy, pandas, scikit-learn and matplotlib lessons. A name the architecture does not have is skipped.
"""

FILES = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close close_range dup dup2 dup3
open openat creat access faccessat faccessat2 stat lstat fstat newfstatat statx statfs fstatfs
readlink readlinkat getdents getdents64 getcwd chdir fchdir umask
mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat
chmod fchmod fchmodat fchmodat2 truncate ftruncate fallocate utime utimes utimensat futimesat
fsync fdatasync sync_file_range copy_file_range sendfile fadvise64 readahead flock
getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
"""

MEMORY = "brk munmap mremap mprotect madvise mincore msync"

WAITING = """
pipe pipe2 poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
eventfd eventfd2 timerfd_create timerfd_settime timerfd_gettime signalfd signalfd4
recvfrom recvmsg sendmsg shutdown getsockopt getsockname getpeername
"""

TIME = """
clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getitimer setitimer alarm pause
timer_create timer_settime timer_gettime timer_getoverrun timer_delete
"""

PROCESS = """
exit exit_group futex set_robust_list get_robust_list set_tid_address rseq membarrier restart_syscall
getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getgroups getpgid getpgrp getsid
setpgid setsid capget
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend rt_sigqueueinfo sigaltstack
kill tkill tgkill wait4 waitid getrlimit setrlimit getrusage sysinfo uname getcpu getrandom
sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
getpriority
"""

# Needed only where a job may have several processes.
SEVERAL_PROCESSES = "fork vfork execve arch_prctl prlimit64"

ALLOWED = (FILES + MEMORY + WAITING + TIME + PROCESS).split()

# libc tries these first and falls back to an older call when it hears that they do not exist.
UNKNOWN = (
    *("clone3", "openat2", "futex_waitv", "futex_wake", "futex_wait", "futex_requeue"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "map_shadow_stack", "cachestat", "mseal"),
)
