"""The networks of the talking-head engines as PyTorch modules in the form in which they run, without weights."""
