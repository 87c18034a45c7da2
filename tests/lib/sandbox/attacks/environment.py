# expect: status=ok stdout=blocked
import os

secrets = [name for name in os.environ if "SECRET" in name or "SAEM" in name or "DJANGO" in name or "DATABASE" in name]
print("LEAK", secrets) if secrets or len(os.environ) > 20 else print("blocked")
