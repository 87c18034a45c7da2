# expect: status=error|output stdout!~=LEAK
# limits: disk_mb=16 wall_s=5
written = 0
with open("big", "wb") as file:
    while written < 64 << 20:
        file.write(bytes(1 << 20))
        written += 1 << 20
print("LEAK")
