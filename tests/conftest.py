"""Its presence puts `tests/` on sys.path (pytest's prepend mode), so every test can `import whiteboard`."""
