# expect: status=ok stdout=blocked
# limits: wall_s=5
import threading

gate = threading.Event()
count = 0
try:
    while count < 500:
        threading.Thread(target=gate.wait, daemon=True).start()
        count += 1
except (RuntimeError, MemoryError):
    pass
gate.set()
print("LEAK" if count >= 100 else "blocked")
