# expect: status=timeout stdout=done
# limits: wall_s=0.4
import threading
import time

threading.Thread(target=time.sleep, args=(60,)).start()
print("done")
