# expect: status=ok stdout=blocked
# limits: processes=4
# rungs: A B
import subprocess

for command in (
    ["/usr/bin/su", "-c", "id"],
    ["/usr/bin/sudo", "-n", "id"],
    ["/usr/bin/mount", "-t", "tmpfs", "x", "/tmp"],
    ["/usr/bin/unshare", "-U", "id"],
):
    try:
        done = subprocess.run(command, capture_output=True, timeout=5)
        if done.returncode == 0:
            print("LEAK", command, done.stdout)
    except OSError:
        pass
print("blocked")
