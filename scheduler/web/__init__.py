"""The frame of every page: access, forms, languages, addresses, files. It knows no feature."""
