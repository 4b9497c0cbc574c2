"""Lets the browser break long words of code where a reader expects it: after a slash or an underscore, or before a
capital letter, and nowhere else. So a narrow column or a phone shows ``/q/health/`` and ``started``, not ``/q/healt``.
"""

import re

# Words of this length fit into every column.
SHORT = 12
# Longer words without a place to break may break anywhere.
LONG = 24

CODE = re.compile(r'<span class="pre">([^<]+)</span>')
LINK = re.compile(r'(<a class="reference [^>]*>)([A-Za-z]{%d,})(</a>)' % SHORT)
# Text, and no attribute.
TEXT = re.compile(r'(?<=[\s>])([^\s<>"]{%d,})(?=[\s<])' % LONG)
CHARACTER = r"(?:&[#\w]+;|[^&<>])"
PLACES = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z][a-z])"  # camelCase
    r"|(?<=[/_.:,=|}])(?=[\w{<&\[-])"  # paths, settings, names
    r"|(?<=\w-)(?=\w)"  # not after the hyphens of an option
    r"|(?<=\w)(?=\{)"
)


def broken(word):
    """The word in HTML, with the places where it may break."""
    if len(re.findall(CHARACTER, word)) <= SHORT:
        return word
    return PLACES.sub(lambda place: "<wbr>" if 3 <= place.start() <= len(word) - 3 else "", word)


def code(match):
    word = broken(match.group(1))
    longest = max(len(re.findall(CHARACTER, piece)) for piece in word.split("<wbr>"))
    return '<span class="pre%s">%s</span>' % (" long" if longest > LONG else "", word)


def all_broken(html):
    html = CODE.sub(code, html)
    html = LINK.sub(lambda link: link.group(1) + broken(link.group(2)) + link.group(3), html)
    return TEXT.sub(lambda text: broken(text.group(1)), html)


def add_breaks(app, page, template, context, doctree):
    for part in ("body", "toc"):
        if context.get(part):
            context[part] = all_broken(context[part])
    toctree = context.get("toctree")
    if toctree:
        context["toctree"] = lambda **options: all_broken(toctree(**options))


def setup(app):
    # Before the themes read the parts of a page.
    app.connect("html-page-context", add_breaks, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
