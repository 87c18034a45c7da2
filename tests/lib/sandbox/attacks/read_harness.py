# expect: status=ok stdout=blocked
import sys

for name, module in list(sys.modules.items()):
    path = getattr(module, "__file__", None) or ""
    if name.startswith("inside"):
        try:
            open(path).read()
            print("LEAK", path)
        except OSError:
            pass
print("blocked")
