"""What import-linter cannot see: relations between models are written as strings."""

import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db.models import Model

PROJECT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = [name.strip() for layer in CONTRACTS[0]["layers"] for name in layer.split("|")]


def our_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("archive.")]


def test_there_are_models_in_several_layers():
    assert len({model._meta.app_label for model in our_models()}) > 2


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_a_model_points_only_to_its_own_layer_or_one_below(model):
    for field in model._meta.get_fields():
        # A relation is declared where it is concrete; its reverse is not a dependency.
        if not field.is_relation or field.auto_created or field.related_model is None:
            continue
        if not field.related_model.__module__.startswith("archive."):
            continue
        own, other = model._meta.app_label, field.related_model._meta.app_label
        assert LAYERS.index(own) <= LAYERS.index(other), f"{model._meta.label}.{field.name} points up to {other}"


def test_no_module_imports_itself_by_a_detour():
    graph = grimp.build_graph("archive", cache_dir=None, exclude_type_checking_imports=True)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names them
