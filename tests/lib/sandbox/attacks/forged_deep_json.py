# expect: status=output|error
import os
import struct

header = b'{"blobs": ' + b"[" * 200000 + b"]" * 200000 + b"}"
data = struct.pack("!II", len(header), 0) + header
while data:
    data = data[os.write(3, data) :]
os._exit(1)
