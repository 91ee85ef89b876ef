"""Scenes: a fault is planted, its message read, its Next followed by the letter, and all is well.

`scene` says what a scene is, `night` and `count` where it plays, the modules with rows of scenes
(`sheets`, `settings`, …) what is planted. docs/pointers.md lists them all (`tests/house`).
"""
