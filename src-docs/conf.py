# Sphinx configuration. Plain reStructuredText, no extensions: Debian's python3-sphinx builds it with
#   sphinx-build -nW src-docs src-docs/target/html
project = "osmo"
author = "the osmo developers"
copyright = "2026, the osmo developers"
exclude_patterns = ["target", "contracts"]
highlight_language = "none"
html_theme = "alabaster"
