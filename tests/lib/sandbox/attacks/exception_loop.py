# expect: status=timeout
# limits: wall_s=0.4
class Sticky(Exception):
    def __str__(self):
        while True:
            pass


raise Sticky
