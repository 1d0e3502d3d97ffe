"""Comparison of the server with the official code, which is imported from a checkout at run time."""
