# expect: status=ok stdout=blocked
# The site, its settings and the hidden answers are not where they would be, nor importable.
import importlib
import os
import sys

for name in ("saem", "saem.settings", "saem.lib.sandbox", "saem.lib.grading", "saem.web"):
    try:
        module = importlib.import_module(name)
        if getattr(module, "__file__", None):
            print("LEAK", name)
    except (ImportError, OSError):
        pass
for folder in sys.path:
    for below in ("programs", "saem", "../programs", "../src/saem", "../../../../src/saem", "../../../../programs"):
        try:
            found = os.listdir(os.path.join(folder, below))
            if found:
                print("LEAK", folder, below)
        except OSError:
            pass
print("blocked")
