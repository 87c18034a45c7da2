# expect: status=error
import os

os.closerange(0, 100)
