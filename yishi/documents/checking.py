"""Whether a template uses only fields that there are, found out when it is edited and not on the day it is needed.

The parsed template is walked beside the shape of the paper's data, so that a wrong field is found also in a branch that is not
taken, or in a list that is still empty.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from jinja2 import nodes

from domain.text import Text
from yishi.documents.fields import Described, Shape

LOOP = Shape(
    one={
        "index": Described(Text("第几项", "number of this entry"), Shape()),
        "first": Described(Text("是否第一项", "whether it is the first"), Shape()),
        "last": Described(Text("是否最后一项", "whether it is the last"), Shape()),
        "length": Described(Text("共几项", "how many there are"), Shape()),
    }
)
"""What may be asked of `loop` within a for."""


class Wrong(NamedTuple):
    """A field that there is not: its full name, the line of the template it stands in, and names that are near."""

    field: str
    line: int
    near: tuple[str, ...]


Known = dict[str, Shape | None]
"""Names in reach and their shapes; None: nothing is known of it, and nothing is asked."""


def unknown_fields(tree: nodes.Template, shape: Shape) -> Iterator[Wrong]:
    """Every field in a parsed template that the paper does not have."""
    known: Known = {name: inner for name, (_, inner) in (shape.one or {}).items()}
    yield from _body(tree.body, known)


def _body(body: Iterable[nodes.Node], known: Known) -> Iterator[Wrong]:
    for node in body:
        yield from _node(node, known)


def _node(node: nodes.Node, known: Known) -> Iterator[Wrong]:
    match node:
        case nodes.For():
            yield from _expression(node.iter, known)
            listed = _shape(node.iter, known)
            inside = {**known, "loop": LOOP}
            if isinstance(node.target, nodes.Name):
                inside[node.target.name] = listed.each if listed else None
            else:
                inside.update({target.name: None for target in node.target.find_all(nodes.Name)})
            yield from _body([*([node.test] if node.test else []), *node.body], inside)
            yield from _body(node.else_, known)
        case nodes.If():
            yield from _expression(node.test, known)
            yield from _body([*node.body, *node.elif_, *node.else_], known)
        case nodes.Assign(target=nodes.Name(name=name)):
            yield from _expression(node.node, known)
            known[name] = _shape(node.node, known)
        case nodes.Expr():
            yield from _expression(node, known)
        case _:
            yield from _body(node.iter_child_nodes(), known)


def _expression(node: nodes.Node, known: Known) -> Iterator[Wrong]:
    if isinstance(node, nodes.Name):
        if node.ctx == "load" and node.name not in known:
            yield Wrong(node.name, node.lineno, _near(node.name, known))
        return
    if isinstance(node, nodes.Getattr):
        inner = _shape(node.node, known)
        if inner is not None and node.attr not in (inner.one or {}):
            yield Wrong(f"{_said(node.node)}.{node.attr}", node.lineno, _near(node.attr, inner.one or {}))
        yield from _expression(node.node, known)
        return
    for child in node.iter_child_nodes():
        yield from _expression(child, known)


def _shape(node: nodes.Node, known: Known) -> Shape | None:
    """What an expression holds, as far as it can be told: a field, a field of a field, an entry of a list."""
    match node:
        case nodes.Name():
            return known.get(node.name)
        case nodes.Getattr():
            inner = _shape(node.node, known)
            found = (inner.one or {}).get(node.attr) if inner else None
            return found.shape if found else None
        case nodes.Getitem(arg=nodes.Slice()):
            return _shape(node.node, known)
        case nodes.Getitem():
            inner = _shape(node.node, known)
            return inner.each if inner else None
        case _:
            return None


def _near(name: str, known: "Known | dict[str, Described]") -> tuple[str, ...]:
    names = [each for each in known if each != "loop"]
    alike = [
        each for each in names if set(each) & set(name)
    ]  # Chinese names are short: one character in common says much
    return tuple(get_close_matches(name, names, n=3, cutoff=0.4) or alike[:3] or names[:5])


def _said(node: nodes.Node) -> str:
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_said(node.node)}.{node.attr}"
        case nodes.Getitem():
            return f"{_said(node.node)}[]"
        case _:
            return "…"
