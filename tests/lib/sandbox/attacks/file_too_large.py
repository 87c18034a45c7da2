# expect: status=error|output|signal stdout!~=LEAK
# limits: file_mb=4 disk_mb=64 wall_s=5
with open("big", "wb") as file:
    file.write(bytes(5 << 20))
    file.flush()
print("LEAK")
