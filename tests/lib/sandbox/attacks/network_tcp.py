# expect: status=ok stdout=blocked
import socket

for family, kind in ((socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET6, socket.SOCK_STREAM)):
    try:
        socket.socket(family, kind)
        print("LEAK", family)
    except PermissionError:
        pass
print("blocked")
