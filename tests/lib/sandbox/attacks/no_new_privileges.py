# expect: status=ok stdout=blocked
# limits: processes=4
# rungs: A B
# A child that execs is as confined as its parent.
import subprocess
import sys

code = "import socket\ntry:\n    socket.socket()\n    print('LEAK')\nexcept OSError:\n    print('blocked')"
print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip())
