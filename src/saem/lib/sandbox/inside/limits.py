"""How much a run may show; the harness keeps to it so that honest work passes the host's own checks."""

DISPLAYS = 40
IMAGES = 12
IMAGE_BYTES = 2 << 20
TEXT = 20_000
ROWS = 50
COLUMNS = 50
TABLE_CELL = 200
