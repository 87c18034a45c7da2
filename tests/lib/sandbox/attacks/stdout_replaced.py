# expect: status=ok|error
import sys


class Evil:
    def write(self, *args):
        raise RuntimeError

    flush = write


sys.stdout = sys.stderr = Evil()
raise ValueError("x")
