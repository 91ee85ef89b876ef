"""Chapters as earlier versions of the program left them, in the midst of their work."""
