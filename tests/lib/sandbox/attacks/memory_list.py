# expect: status=memory stderr~=MemoryError
# limits: memory_mb=128
hoard = []
while True:
    hoard.append(bytes(1 << 20))
