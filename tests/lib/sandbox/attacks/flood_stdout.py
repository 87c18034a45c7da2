# expect: status=output
# limits: wall_s=5
while True:
    print("x" * 1000)
