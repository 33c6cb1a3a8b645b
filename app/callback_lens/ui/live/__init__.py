"""What arrives while the window is open: the listener, the captures, and what can be done with them."""
