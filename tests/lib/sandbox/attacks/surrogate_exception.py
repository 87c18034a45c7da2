# expect: status=error
raise ValueError("\ud800 half a character \udfff")
