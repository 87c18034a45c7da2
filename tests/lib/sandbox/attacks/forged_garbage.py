# expect: status=output|error
import os

os.write(3, b"\0\0\0\x10\0\0\0\0" + b"not json at all!")
os._exit(1)
