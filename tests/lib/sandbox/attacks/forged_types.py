# expect: status=ok|error
# Every field of the wrong type.
import json
import os
import struct

header = json.dumps(
    {
        "exit_code": [],
        "fault": {"type": 1, "line": "x", "frames": [1, {"line": {}}], "message": None},
        "displays": [
            1,
            {"kind": "image", "image": -1},
            {"kind": "image", "image": True},
            {"kind": "table", "table": {"columns": [1], "index": 3, "rows": "x"}},
            {"kind": "table", "table": {"columns": ["a"], "index": ["0"], "rows": [["a", "b"]], "total_rows": 1e300}},
            {"kind": "html", "text": "<script>"},
            {"kind": "text", "text": 5},
        ],
        "own_ms": "NaN",
        "blobs": [],
    }
).encode()
os.write(3, struct.pack("!II", len(header), 0) + header)
os._exit(0)
