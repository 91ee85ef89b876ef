"""The bylaws as dated data: typed rules here, the numbers in `editions/*.toml`."""
