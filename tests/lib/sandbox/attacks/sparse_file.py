# expect: status=error|ok|signal stdout!~=LEAK
with open("sparse", "wb") as file:
    file.truncate(1 << 40)
print("LEAK")
