# expect: status=error|output stdout!~=LEAK
# limits: disk_mb=16 wall_s=5
for number in range(64):
    with open(f"part{number}", "wb") as file:
        file.write(bytes(1 << 20))
import time

time.sleep(0.3)
print("LEAK")
