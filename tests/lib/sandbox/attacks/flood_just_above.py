# expect: status=output
print("x" * (64 * 1024))
