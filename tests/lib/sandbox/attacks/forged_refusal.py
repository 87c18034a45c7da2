# expect: status=error|ok
# The host believes a refusal only before the job started; afterwards it would look like the platform's fault.
import json
import os
import struct

header = json.dumps({"started": False, "refused": "no space left", "blobs": []}).encode()
os.write(3, struct.pack("!II", len(header), 0) + header)
os._exit(1)
