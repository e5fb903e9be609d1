"""No mutable state is shared between requests: threads would see each other's texts.

Every value held by modules and classes after import is inspected. A constant may be a list or dictionary as long as
nothing writes to it; other mutable values are listed below, with the reason why they are safe. Cached values must be
immutable.
"""

import ast
import datetime
import enum
import functools
import importlib
import inspect
import io
import json
import logging
import pathlib
import re
import types
import typing
import uuid
from collections.abc import Iterator
from dataclasses import is_dataclass
from threading import Lock
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from django import template
from django.utils.safestring import SafeString

from tests.architecture.test_safety import PROJECT, sources

MAY_CHANGE = {
    "archive.formats.language_detection._local": "a model for each thread, which keeps nothing between texts",
    "archive.importing.pictures._names": "what lies in a folder; only in the processes that read files for an import",
    "archive.query.preparing._PREPARED": "a table that fills itself: the same letter for the same letter, whoever asks",
    "archive.search.documents.store": "the index as this process has it open: replaced as a whole, never changed",
    "archive.search.schema.ANNOTATIONS": "the names and kinds of fields, which nothing can change once they are built",
    "archive.search.schema.ARTICLES": "the same",
    "archive.search.index._STORES": "the two of them",
    "archive.search.notes.store": "the same; every search of it is filtered by who may see what",
    "archive.query.stems._local": "a stemmer for each thread, which keeps nothing between words",
    "archive.text.syntax._making_lexer": "a lock: one thread at a time makes a lexer",
    "archive.wsgi.application": "Django's handler, which every thread of the server calls",
}
NO_STATE = (
    str, bytes, int, float, bool, complex, type(None), type(...), type, enum.Enum, re.Pattern, uuid.UUID, SafeString,
    datetime.date, datetime.time, datetime.timedelta, pathlib.PurePath, logging.Logger, template.Library, property,
    types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType, types.GenericAlias,
    types.UnionType, staticmethod, classmethod, functools.cached_property, typing.TypeVar, json.JSONDecoder,
    relativedelta,
)  # fmt: skip
CONTAINERS = (list, dict, set)
"""Constants, as long as nobody writes to them."""
DJANGOS = ("django.", "taggit.")
"""Fields, managers, options and forms: Django copies them for each request, or only reads them."""
CHANGES = {"append", "extend", "insert", "add", "update", "remove", "discard", "pop", "popitem", "clear", "setdefault"}
MODULES = [
    path.relative_to(PROJECT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for path in sources(".py")
    if path.is_relative_to(PROJECT / "archive") and "migrations" not in path.parts and "commands" not in path.parts
]
TREES = {path: ast.parse(path.read_text()) for path in sources(".py") if path.is_relative_to(PROJECT / "archive")}


def test_what_modules_hold_cannot_change():
    shared = [
        f"{place} is shared by all threads and can be changed: {value!r:.80}"
        for name in MODULES
        for place, value in _held(importlib.import_module(name))
        if place not in MAY_CHANGE and _changeable(value)
    ]
    assert not shared, "\n".join(shared)


@pytest.mark.parametrize("name", MODULES)
def test_nobody_writes_to_a_constant(name):
    module = importlib.import_module(name)
    for place, value in _held(module):
        if type(value) not in CONTAINERS or place in MAY_CHANGE or ".Meta." in place:
            continue
        owner, _, constant = place.rpartition(".")
        # Elsewhere it is used by its name in capitals, or as an attribute of the module.
        paths = TREES if owner == name and constant.isupper() else [pathlib.Path(module.__file__ or "")]
        assert not [path for path in paths if constant in written_in(path)], f"{place} is written to"


def test_no_function_sets_a_global():
    assert not [path.name for path, tree in TREES.items() for node in ast.walk(tree) if isinstance(node, ast.Global)]


def test_nobody_can_change_what_a_cache_remembers():
    seen = 0
    for name in MODULES:
        module = importlib.import_module(name)
        for function in vars(module).values():
            if hasattr(function, "cache_info") and function.__module__ == name:
                seen += 1
                returned = typing.get_type_hints(function.__wrapped__)["return"]
                assert _is_fixed(returned), f"{name}.{function.__name__} remembers {returned}"
    assert seen > 5


def test_what_is_allowed_is_there():
    for place in MAY_CHANGE:
        module, _, name = place.rpartition(".")
        assert hasattr(importlib.import_module(module), name), f"{place} needs no reason any more"


@pytest.mark.parametrize(
    "source",
    [
        "a[0] = 1", "self.a[0] = 1", "del a[0]", "a.append(1)", "b.a.update(c)", "a += b", "a[0][1] = 2", "a[0] += 1",
    ],
)  # fmt: skip
def test_writing_is_recognised(source):
    assert any("a" in _written(node) for node in ast.walk(ast.parse(source)))


def test_what_can_change_is_recognised():
    for value in (object(), [object()], {"a": object()}, (1, {2: object()}), io.StringIO(), Lock()):
        assert _changeable(value)
    for value in (1, "a", (1, "a"), ["a"], {"a": ["b"]}, re.compile("a"), frozenset("a")):
        assert not _changeable(value)


def _held(module: types.ModuleType) -> Iterator[tuple[str, Any]]:
    """The values that the module and its classes define themselves, without imported ones."""
    tree = ast.parse(pathlib.Path(module.__file__ or "").read_text())
    yield from _assigned(module.__name__, tree, vars(module))


def _assigned(place: str, holder: ast.Module | ast.ClassDef, values: Any) -> Iterator[tuple[str, Any]]:
    for statement in holder.body:
        if isinstance(statement, ast.ClassDef) and isinstance(values.get(statement.name), type):
            yield from _assigned(f"{place}.{statement.name}", statement, vars(values[statement.name]))
        for name in _targets(statement):
            if name in values and not name.startswith("__"):
                yield f"{place}.{name}", values[name]


def _targets(statement: ast.stmt) -> Iterator[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    for target in targets:
        yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _changeable(value: Any) -> bool:
    kind = type(value)
    if isinstance(value, (tuple, frozenset)):
        return any(map(_changeable, value))
    if kind in CONTAINERS:
        return any(map(_changeable, [*value, *value.values()] if kind is dict else value))
    if isinstance(value, NO_STATE) or kind.__module__ in ("typing", "types") or kind.__module__.startswith(DJANGOS):
        return False
    if inspect.isdatadescriptor(value) or hasattr(value, "cache_info"):  # cached values have a test of their own
        return False
    if is_dataclass(value) and kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        return any(_changeable(getattr(value, name)) for name in kind.__dataclass_fields__)
    return True


@functools.cache
def written_in(path: pathlib.Path) -> set[str]:
    return set().union(*map(_written, ast.walk(TREES[path])))


def _written(node: ast.AST) -> set[str]:
    """The names that this code writes to: `a` and `b` for `a.b[0] = 1`, but not `a` for `a = []`."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, (ast.Store, ast.Del)):
        return _named(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
        return _named(node.func.value)
    return _named(node.target) if isinstance(node, ast.AugAssign) else set()


def _named(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Subscript):
        return _named(node.value)
    if isinstance(node, ast.Attribute):
        return {node.attr} | _named(node.value)
    return {node.id} if isinstance(node, ast.Name) else set()


def _is_fixed(kind: Any) -> bool:
    """Whether values of this type cannot be changed."""
    if kind is ... or (isinstance(kind, type) and issubclass(kind, (str, bytes, int, float, enum.Enum, type(None)))):
        return True
    if is_dataclass(kind):
        return kind.__dataclass_params__.frozen and all(map(_is_fixed, typing.get_type_hints(kind).values()))
    if typing.get_origin(kind) in (tuple, frozenset, types.UnionType, typing.Union):
        return all(map(_is_fixed, typing.get_args(kind)))
    return typing.get_origin(kind) is type
