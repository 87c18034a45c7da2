# expect: status=ok stdout=blocked
# needs: numpy
# Earlier jobs and the host never were in this process: no array of theirs is left over.
import gc

import numpy as np

odd = [array for array in gc.get_objects() if isinstance(array, np.ndarray) and array.shape == (424, 242)]
print("LEAK" if odd else "blocked")
