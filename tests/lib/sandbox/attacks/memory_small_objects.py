# expect: status=memory stderr~=MemoryError
# limits: memory_mb=64
hoard = []
while True:
    hoard.append({len(hoard): str(len(hoard))})
