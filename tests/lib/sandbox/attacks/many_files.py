# expect: status=error|output stdout!~=LEAK
# limits: wall_s=8
for number in range(20000):
    open(f"f{number}", "w").close()
print("LEAK")
