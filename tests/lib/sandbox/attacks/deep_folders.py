# expect: status=error|output stdout!~=LEAK
# limits: wall_s=8
import os

for number in range(20000):
    os.mkdir("d")
    os.chdir("d")
print("LEAK")
