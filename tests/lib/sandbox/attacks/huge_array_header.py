# expect: status=memory|error
# needs: numpy
import numpy as np

with open("x.npy", "wb") as file:
    head = b"{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999,), }"
    file.write(b"\x93NUMPY\x01\x00v\x00" + head.ljust(117) + b"\n")
np.load("x.npy")
