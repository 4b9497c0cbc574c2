"""Follows the dark mode of the system with Debian's package of Furo.

The compiler of that package drops the rules for readers who did not choose a theme themselves, so their page is light
with dark diagrams and dark code. They are the rules of the dark theme, which are repeated here.
"""

import os
import re

DARK = re.compile(r'body\[data-theme="?dark"?\](\s*[^{,}]*)(\{[^}]*\})')
AUTO = "body:not([data-theme=light])"


def repeat_dark_rules(app, exception):
    if exception or app.builder.format != "html":
        return
    path = os.path.join(app.outdir, "_static", "styles", "furo.css")
    with open(path, encoding="utf-8") as file:
        css = file.read()
    if re.search(r'body:not\(\[data-theme="?light"?\]\)', css):
        return
    rules = "".join(AUTO + below + block for below, block in DARK.findall(css) if "theme-toggle" not in below)
    with open(path, "a", encoding="utf-8") as file:
        file.write("\n@media not print and (prefers-color-scheme: dark) {%s}\n" % rules)


def setup(app):
    app.connect("build-finished", repeat_dark_rules)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
