# expect: status=memory stderr~=MemoryError
# limits: memory_mb=128
text = "x"
while True:
    text += text
