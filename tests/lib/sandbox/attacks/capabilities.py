# expect: status=ok stdout=blocked
import ctypes
import struct

libc = ctypes.CDLL(None, use_errno=True)
header = ctypes.create_string_buffer(struct.pack("Ii", 0x20080522, 0))
data = ctypes.create_string_buffer(24)
libc.capget(header, data)
print("blocked" if data.raw == bytes(24) else f"LEAK {data.raw!r}")
