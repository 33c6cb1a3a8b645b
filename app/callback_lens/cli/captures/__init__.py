"""``captures``: the store on the command line."""
