# expect: status=timeout
# limits: cpu_s=0.3
while True:
    pass
