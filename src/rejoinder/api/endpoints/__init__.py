"""The operations, by what one does with them."""
