# expect: status=ok|signal stdout!~=LEAK
# A cell is alone in its group and its session, so this reaches at most itself.
import os
import signal

signal.signal(signal.SIGTERM, signal.SIG_IGN)
try:
    os.kill(-1, signal.SIGTERM)
except OSError:
    pass
os.killpg(0, signal.SIGTERM)
print("still here")
