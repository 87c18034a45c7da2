# expect: status=ok stdout=left
for path in ("left_behind", "/tmp/left_behind"):
    try:
        open(path, "w").write("x")
    except OSError:
        pass
try:
    open("/dev/shm/left_behind", "w").write("x")
except OSError:
    pass
print("left")
