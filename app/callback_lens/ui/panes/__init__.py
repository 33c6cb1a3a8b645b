"""One widget for each kind of block; none knows another."""
