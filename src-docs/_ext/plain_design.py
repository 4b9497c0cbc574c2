"""The directives of sphinx-design that the pages use, for an installation without it.

A grid shows its cards one after another, a card is an admonition-like box with a title, and each tab is a titled
paragraph. Options are accepted and ignored, except for the link of a card.
"""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective


class AnyOptions(dict):
    """Accepts every option: what a theme does with it does not matter here."""

    def __contains__(self, key):
        return True

    def __getitem__(self, key):
        return directives.unchanged

    def __bool__(self):
        return True


class Container(SphinxDirective):
    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = AnyOptions()
    css_class = "plain-grid"

    def run(self):
        box = nodes.container(classes=[self.css_class])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box]


class Titled(Container):
    css_class = "plain-card"

    def run(self):
        [box] = super().run()
        if self.arguments:
            box.insert(0, nodes.paragraph("", "", self.title(), classes=["plain-title"]))
        return [box]

    def title(self):
        inline, _ = self.state.inline_text(self.arguments[0], self.lineno)
        text = nodes.strong("", "", *inline)
        link = self.options.get("link")
        if not link:
            return text
        if self.options.get("link-type") not in ("doc", "ref"):
            return nodes.reference("", "", text, refuri=link)
        role = self.options["link-type"]
        target = addnodes.pending_xref(
            "",
            nodes.inline("", "", text, classes=["xref", "std", "std-" + role]),
            refdomain="std",
            reftype=role,
            reftarget=link,
            refexplicit=True,
            refwarn=True,
            refdoc=self.env.docname,
        )
        return target


class Tabs(Container):
    css_class = "plain-tabs"


class Tab(Titled):
    css_class = "plain-tab"


def setup(app):
    app.add_directive("grid", Container)
    app.add_directive("grid-item-card", Titled)
    app.add_directive("card", Titled)
    app.add_directive("tab-set", Tabs)
    app.add_directive("tab-item", Tab)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
