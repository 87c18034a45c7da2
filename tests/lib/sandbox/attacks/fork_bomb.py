# expect: status=timeout|ok|error|signal|memory stdout!~=LEAK
# limits: processes=8 wall_s=1
# rungs: A B
# Several processes are allowed here, but no more than asked for, and none outlives the job.
import os

children = 0
while True:
    try:
        if os.fork() == 0:
            while True:
                try:
                    os.fork()
                except OSError:
                    pass
        children += 1
        if children > 8:
            print("LEAK", children)
    except OSError:
        pass
