# Sphinx configuration.
#
# Debian's python3-sphinx alone builds the pages. Where the packages of requirements.txt, or Debian's furo,
# python3-sphinx-design and python3-sphinx-copybutton, are installed, the same sources get a modern theme with light and
# dark, cards, tabs and copy buttons:
#   sphinx-build -nW src-docs src-docs/target/html
import importlib.util
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "_ext"))


def installed(*modules):
    return all(importlib.util.find_spec(module) for module in modules)


project = "osmo"
author = "the osmo developers"
copyright = "2026, the osmo developers"
exclude_patterns = ["target", "contracts", "examples", "_ext"]
highlight_language = "none"
# All colors of these styles have a contrast of 4.5:1 or more.
pygments_style = "xcode"
pygments_dark_style = "native"
html_static_path = ["_static"]
html_css_files = ["osmo.css"]
html_show_sphinx = False

# Cards, grids and tabs: the directives of sphinx-design, else their content one after another.
extensions = ["sphinx_design" if installed("sphinx_design") else "plain_design", "word_breaks"]

if installed("sphinx_copybutton"):
    extensions.append("sphinx_copybutton")
    # Copies the commands of a console block, without prompts and outputs.
    copybutton_prompt_text = r"\$ |> "
    copybutton_prompt_is_regexp = True
    copybutton_only_copy_prompt_lines = True
    copybutton_line_continuation_character = "\\"

if installed("furo"):
    extensions.append("dark_furo")
    html_theme = "furo"
    html_title = "osmo"
    html_theme_options = {"navigation_with_keys": True}
else:
    html_theme = "alabaster"
    html_theme_options = {
        "description": "Personal access tokens that never have more roles than their owner",
        "fixed_sidebar": True,
        "page_width": "76rem",
        "body_max_width": "100%",
        "sidebar_width": "16rem",
        "show_relbars": True,
    }
