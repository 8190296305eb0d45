"""Pure functions over what people type: normal form, door checks, rendering, look-alike names."""
