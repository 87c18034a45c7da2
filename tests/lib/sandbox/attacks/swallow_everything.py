# expect: status=timeout
# limits: wall_s=0.4
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
