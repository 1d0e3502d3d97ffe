"""Comparison of the server with the official SadTalker code, which is imported from a checkout at run time."""
