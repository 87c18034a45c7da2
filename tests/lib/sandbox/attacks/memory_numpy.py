# expect: status=memory stderr~=MemoryError
# needs: numpy
import numpy as np

np.ones((1 << 33,))
