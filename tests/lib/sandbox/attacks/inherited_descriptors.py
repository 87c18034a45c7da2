# expect: status=ok stdout=blocked
import os

opened = []
for number in range(4, 4096):
    try:
        os.fstat(number)
        opened.append(number)
    except OSError:
        pass
print("LEAK" if opened else "blocked", *opened)
