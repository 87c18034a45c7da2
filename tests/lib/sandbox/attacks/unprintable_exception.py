# expect: status=error stderr~=Traceback
class Odd(Exception):
    def __str__(self):
        raise KeyError("no")


raise Odd
