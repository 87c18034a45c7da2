# expect: status=error stderr~=EOFError
print("LEAK", input())
