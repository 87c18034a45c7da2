# expect: status=memory stderr~=MemoryError
# limits: memory_mb=64
# The hard limit lies a little above the soft one, so that a fault can be described; no further.
import resource

soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
hoard = []
while True:
    hoard.append(bytes(1 << 20))
    assert len(hoard) < 160
