# expect: status=timeout
# limits: wall_s=0.4
9**9**9
