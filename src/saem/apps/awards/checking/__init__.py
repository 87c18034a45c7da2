"""What strangers may ask: whether a certificate, its file or a badge is genuine and holds."""
