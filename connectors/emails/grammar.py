"""What may stand in a letter's text: an allow list, for nobody can list what must not.

A text names facts and their fields, chooses with if, repeats with for, and is put together with
extends, block and include. It does not calculate, call, define or import. Whatever else Jinja
knows, today or in its next release, is refused with its line before anything is filled in.
"""

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

FILTERS = frozenset({"capitalize", "default", "length", "lower", "title", "trim", "upper"})
TESTS = frozenset({"defined", "none", "undefined"})
LOOP = frozenset({"first", "index", "index0", "last", "length", "revindex"})
"""What a round of a loop knows of itself."""
COUNTED = "counted"
"""The filter that every loop goes through: it counts the rounds."""
DEEPEST = 60
"""Tags and expressions in one another."""
_NODES = {
    nodes.And, nodes.Assign, nodes.Block, nodes.Compare, nodes.CondExpr, nodes.Const,
    nodes.Extends, nodes.Filter, nodes.For, nodes.Getattr, nodes.If, nodes.Include, nodes.Name,
    nodes.Not, nodes.Operand, nodes.Or, nodes.Output, nodes.Template, nodes.TemplateData,
    nodes.Test, nodes.Tuple,
}  # fmt: skip
_CALLED = {
    nodes.Call: "a call with ( )",
    nodes.Concat: "texts joined with ~",
    nodes.Getitem: "an index in [ ]",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Macro: "macro",
    nodes.Scope: "autoescape",
}


def refuse_unlisted(text: nodes.Template, name: str | None, filename: str | None) -> None:
    """Refuse a text with more in it, and have the rounds of its loops counted.

    Raises:
        TemplateSyntaxError: with its line.
    """
    waiting: list[tuple[nodes.Node, int]] = [(text, 0)]
    while waiting:
        node, depth = waiting.pop()
        fault = "it is nested too deep" if depth > DEEPEST else _fault(node)
        if fault:
            raise TemplateSyntaxError(fault, _line(node), name, filename)
        waiting += [(inner, depth + 1) for inner in node.iter_child_nodes()]
    for loop in list(text.find_all(nodes.For)):
        loop.iter = nodes.Filter(loop.iter, COUNTED, [], [], None, None, lineno=loop.lineno)


def _line(node: nodes.Node) -> int:
    """Jinja gives the scope that `autoescape` makes no line of its own."""
    return next((each.lineno for each in (node, *node.iter_child_nodes()) if each.lineno), 1)


def _fault(node: nodes.Node) -> str:
    if type(node) not in _NODES:
        what = "arithmetic" if isinstance(node, nodes.BinExpr | nodes.UnaryExpr) else ""
        what = _CALLED.get(type(node), what or f"“{type(node).__name__}”")
        return f"{what} has no place in a letter"
    if isinstance(node, nodes.Const) and _is_broken(node.value):
        return "half a character (a lone surrogate) has no place in a letter"
    if isinstance(node, nodes.Filter):
        if node.name not in FILTERS:
            return f"the filter “{node.name}” has no place in a letter"
        if node.kwargs or node.dyn_args or node.dyn_kwargs or not _all_written(node.args):
            return f"the filter “{node.name}” takes only what is written out"
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        return f"the test “{node.name}” has no place in a letter"
    if isinstance(node, nodes.Extends | nodes.Include) and not _all_written([node.template]):
        return "the name of another text is written out in quotes"
    if isinstance(node, nodes.Tuple) and node.ctx != "store":
        return "a list has no place in a letter"
    if isinstance(node, nodes.For) and node.recursive:
        return "a loop in itself has no place in a letter"
    return ""


def _is_broken(written: object) -> bool:
    return isinstance(written, str) and any("\ud800" <= sign <= "\udfff" for sign in written)


def _all_written(given: list[nodes.Expr]) -> bool:
    return all(isinstance(one, nodes.Const) for one in given)
