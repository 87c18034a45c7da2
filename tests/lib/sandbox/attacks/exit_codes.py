# expect: status=error exit_code=3
import sys

sys.exit(3)
