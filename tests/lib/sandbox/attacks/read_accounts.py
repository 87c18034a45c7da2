# expect: status=ok stdout=blocked
for path in ("/etc/shadow", "/etc/passwd", "/etc/group", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf"):
    try:
        open(path).read()
        print("LEAK", path)
    except OSError:
        pass
print("blocked")
# rungs: A B
