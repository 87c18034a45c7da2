# expect: status=ok stdout=
import os

os._exit(0)
