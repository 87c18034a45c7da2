# expect: status=ok stdout=patched
# needs: numpy
# Only this process's copy changes; the next program checks that.
import numpy as np

np.mean = lambda *args, **kwargs: 1.0
print("patched" if np.mean([0.0]) == 1.0 else "")
