"""The tree: search, filter, breadcrumb, copying, opening in steps."""
