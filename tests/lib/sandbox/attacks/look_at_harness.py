# expect: status=ok stdout=blocked
# The harness is no secret, but nothing reachable from it may hold one.
import gc
import sys

frame, found = sys._getframe(), []
while frame is not None:
    found += [str(value) for value in frame.f_locals.values() if isinstance(value, (str, bytes, dict))]
    frame = frame.f_back
text = " ".join(found) + " ".join(obj for obj in gc.get_objects() if isinstance(obj, str))
print("LEAK" if "SAEM_TEST_SECRET" + "_VALUE" in text else "blocked")
