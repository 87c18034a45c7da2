# expect: status=ok|error stdout!~=LEAK
# Whatever is written to the channel is a claim; no score travels there.
import json
import os
import struct

header = json.dumps({"exit_code": 0, "fault": None, "displays": [], "own_ms": 0, "score": 100, "blobs": []}).encode()
os.write(3, struct.pack("!II", len(header), 0) + header)
os._exit(1)
