# expect: status=ok stdout=blocked
for path in ("/etc/shadow", "/etc/gshadow", "/etc/ssh/ssh_host_rsa_key", "/root/.ssh/id_rsa", "/var/log/syslog"):
    try:
        open(path).read()
        print("LEAK", path)
    except OSError:
        pass
print("blocked")
