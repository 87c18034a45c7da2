# expect: status=ok stdout=blocked
import socket

try:
    print("LEAK", socket.getaddrinfo("localhost.localdomain", 80))
except OSError:
    print("blocked")
