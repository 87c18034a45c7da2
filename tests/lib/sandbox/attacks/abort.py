# expect: status=signal
import os

os.abort()
