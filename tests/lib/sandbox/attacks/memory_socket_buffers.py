# expect: status=ok stdout=blocked
import socket

held, total = [], 0
try:
    while total < 64 << 20:
        a, b = socket.socketpair()
        held.append((a, b))
        a.setblocking(False)
        a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24)
        try:
            while True:
                total += a.send(bytes(1 << 16))
        except BlockingIOError:
            pass
except OSError:
    pass
print("LEAK" if total >= 64 << 20 else "blocked")
