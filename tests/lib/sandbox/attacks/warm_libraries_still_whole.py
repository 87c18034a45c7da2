# expect: status=ok stdout=0.0
# needs: numpy
import numpy as np

print(np.mean([0.0]))
