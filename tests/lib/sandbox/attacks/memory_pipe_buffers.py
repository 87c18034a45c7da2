# expect: status=ok stdout=blocked
import fcntl
import os

reading, writing = os.pipe()
try:
    fcntl.fcntl(writing, 1031, 1 << 20)
    print("LEAK")
except OSError:
    print("blocked")
