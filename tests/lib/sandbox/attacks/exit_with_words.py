# expect: status=error exit_code=1 stderr=bye
import sys

sys.exit("bye")
