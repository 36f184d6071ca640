"""The trained networks that ship: loaded, fed with pictures, and asked what they make of them."""
