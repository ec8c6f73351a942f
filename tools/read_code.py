"""What the code asks of the law and which tests hold it to the law, read from the source without running it."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ASKING_CALLS = {"ruling", "basis"}  # law.ruling(topic), moment.basis(*topics)
ASKING_KEYWORDS = {"topic", "topics", "quorum", "majority"}  # Need(topic=…), Step(topics=…), Procedure(quorum=…)
STORAGE_LIMITS = {"max_length", "min_length"}  # how long a text may be that we keep: no law says so
DOTTED = re.compile(r"[a-z_]+\.[a-z_]+")


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in the code: `domain/session/roll.py` and the function, class or constant in it."""

    file: str
    name: str

    def __str__(self) -> str:
        return f"{self.file}:{self.name}"


@dataclass(frozen=True, order=True)
class Literal:
    """A string in the code. `asking`: it stands where a topic is asked for; `prefix`: an f-string that begins with it."""

    text: str
    place: Place
    asking: bool
    prefix: bool = False


def sources(root: Path, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"), str(path))


def literals(root: Path, *folders: str) -> set[Literal]:
    """Every string that stands where a topic is asked for, and every other that has a topic's form."""
    found: set[Literal] = set()
    for file, tree in sources(root, *folders):
        for node, name in _placed(tree):
            place = Place(file, name)
            for value in _asked_by(node):
                if isinstance(value, ast.JoinedStr) and isinstance(begins := value.values[0], ast.Constant):
                    found.add(Literal(str(begins.value), place, asking=True, prefix=True))
                elif isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                    found.add(Literal(value.value, place, asking=True))
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value):
                found.add(Literal(node.value, place, asking=False))
    return found


def rules_tested(root: Path) -> dict[str, set[Place]]:
    """Rule id → the tests marked with it: on the test, its class, its module (`pytestmark`), or one of its parameters."""
    found: dict[str, set[Place]] = {}
    for file, tree in sources(root, "tests"):
        module = [s.value for s in tree.body if isinstance(s, ast.Assign) and _names(s.targets) == ["pytestmark"]]
        classes = [n for n in tree.body if isinstance(n, ast.ClassDef)]
        for body, shared in [(tree.body, module), *((c.body, [*module, *c.decorator_list]) for c in classes)]:
            for test in body:
                if isinstance(test, ast.FunctionDef | ast.AsyncFunctionDef) and test.name.startswith("test"):
                    for rule in _marks([*shared, *test.decorator_list]):
                        found.setdefault(rule, set()).add(Place(file, test.name))
    return found


def numbers(root: Path, folder: str, allowed: Callable[[str, str], bool]) -> list[str]:
    """Whole numbers above 1, fractions and floats in the code, as `file:line: the line`; limits of storage set apart."""
    found: list[str] = []
    for file, tree in sources(root, folder):
        lines = (root / file).read_text(encoding="utf-8").splitlines()
        harmless = {id(value) for node in ast.walk(tree) for value in _harmless(node)}
        suspects = {
            node.lineno
            for node in ast.walk(tree)
            if id(node) not in harmless
            and (
                (isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in (0, 1))
                or (isinstance(node, ast.Call) and _called(node) == "Fraction")
            )
        }
        found += [f"{file}:{n}: {line}" for n in sorted(suspects) if not allowed(file, line := lines[n - 1].strip())]
    return found


def _placed(tree: ast.AST, name: str = "") -> Iterator[tuple[ast.AST, str]]:
    """Each node with the dotted name of the function, class or module constant that it stands in."""
    for node in ast.iter_child_nodes(tree):
        here = name
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            here = f"{name}.{node.name}" if name else node.name
        elif not name and isinstance(node, ast.Assign | ast.AnnAssign):
            here = " ".join(_names(node.targets if isinstance(node, ast.Assign) else [node.target]))
        yield node, here
        yield from _placed(node, here)


def _asked_by(node: ast.AST) -> Iterator[ast.expr]:
    """The values that a call hands to the law as topics, seen through tuples, stars and either-or."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in ASKING_CALLS:
            yield from (value for arg in node.args for value in _values(arg))
        yield from (value for k in node.keywords if k.arg in ASKING_KEYWORDS for value in _values(k.value))


def _values(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.IfExp(body=one, orelse=other):
            yield from _values(one)
            yield from _values(other)
        case ast.Starred(value=inner):
            yield from _values(inner)
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.BoolOp(values=parts):
            for part in parts:
                yield from _values(part)
        case ast.Constant() | ast.JoinedStr():
            yield node


def _marks(decorators: list[ast.expr]) -> set[str]:
    calls = (n for d in decorators for n in ast.walk(d) if isinstance(n, ast.Call) and _called(n) == "rule")
    return {a.value for call in calls for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}


def _harmless(node: ast.AST) -> Iterator[ast.expr]:
    """Numbers that cannot be law: how long a kept text may be, and where a name is split."""
    if isinstance(node, ast.Call):
        yield from (k.value for k in node.keywords if k.arg in STORAGE_LIMITS)
        if _called(node) in {"split", "rsplit"}:
            yield from node.args


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _names(targets: list[ast.expr]) -> list[str]:
    return [ast.unparse(t) for t in targets]
