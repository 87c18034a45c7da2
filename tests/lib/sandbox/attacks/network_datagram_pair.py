# expect: status=ok stdout=blocked
# A datagram pair could address any socket by path; only connected streams exist.
import socket

try:
    a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    print("LEAK")
except PermissionError:
    pass
a, b = socket.socketpair()
a.send(b"own pair works")
assert b.recv(99) == b"own pair works"
try:
    a.sendto(b"x", "/run/systemd/notify")
    print("LEAK")
except OSError:
    print("blocked")
