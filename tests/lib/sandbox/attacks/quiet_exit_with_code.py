# expect: status=error exit_code=7
import os

os._exit(7)
