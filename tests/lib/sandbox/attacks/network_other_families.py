# expect: status=ok stdout=blocked
import socket

for family, kind in ((1, 1), (1, 2), (16, 3), (17, 3), (40, 1), (38, 5), (15, 3), (44, 3)):
    try:
        socket.socket(family, kind)
        print("LEAK", family)
    except OSError:
        pass
print("blocked")
