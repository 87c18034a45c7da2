# expect: status=error stderr~=second
raise ExceptionGroup("many", [ValueError("first"), TypeError("second")])
