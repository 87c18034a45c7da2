# expect: status=ok stdout=blocked
import os

for path in (
    "/dev/zero",
    "/dev/full",
    "/dev/tty",
    "/dev/mem",
    "/dev/kmsg",
    "/dev/kvm",
    "/dev/fuse",
    "/dev/sda",
    "/dev/vda",
    "/dev/ptmx",
    "/dev/nvidia0",
):
    try:
        os.open(path, os.O_RDWR)
        print("LEAK", path)
    except OSError:
        pass
assert len(open("/dev/urandom", "rb").read(8)) == 8
open("/dev/null", "w").write("x")
print("blocked")
