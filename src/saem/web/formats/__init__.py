"""How dates are written, where the framework writes them otherwise than people do."""
