# expect: status=ok stdout=done
# Touching every object copies the zygote's pages into this cell; that must not reach a small limit.
# limits: memory_mb=128
import gc

gc.unfreeze()
gc.collect()
print("done")
