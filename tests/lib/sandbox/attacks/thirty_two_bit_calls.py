# expect: status=signal
# arch: x86_64
# `int 0x80` enters by the old table, where number 20 is getpid and 190 vfork.
import ctypes
import mmap

code = b"\x53\xb8\x14\x00\x00\x00\xcd\x80\x5b\xc3"
page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(code)
function = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
print("LEAK", function())
