# expect: status=timeout
# limits: cpu_s=0.5 wall_s=3
import threading


def spin():
    while True:
        pass


for _ in range(4):
    threading.Thread(target=spin, daemon=True).start()
spin()
