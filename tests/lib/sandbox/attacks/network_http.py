# expect: status=error stderr~=Error
# limits: wall_s=5
import urllib.request

print("LEAK", urllib.request.urlopen("http://127.0.0.1:80", timeout=1).read())
