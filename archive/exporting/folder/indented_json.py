"""JSON as the folder has it: a line for each value, indented by one space.

`json.dumps` with an indentation is written in Python, a generator in a generator for each level, and takes longer than
all else that is done for an article.
"""

from json import dumps
from json.encoder import encode_basestring

_CONSTANTS = {None: "null", True: "true", False: "false"}


def indented_json(value: object) -> bytes:
    """What `json.dumps(value, ensure_ascii=False, indent=1)` gives, with a newline. The keys of objects are texts."""
    return (_written(value, "\n") + "\n").encode("utf-8", "surrogatepass")


def _written(value: object, newline: str) -> str:
    if isinstance(value, str):
        return str(encode_basestring(value))
    if type(value) is int:
        return str(value)
    if isinstance(value, dict) and value:
        inner = newline + " "
        entries = [f"{encode_basestring(key)}: {_written(each, inner)}" for key, each in value.items()]
        return f"{{{inner}{f',{inner}'.join(entries)}{newline}}}"
    if isinstance(value, (list, tuple)) and value:
        inner = newline + " "
        return f"[{inner}{f',{inner}'.join([_written(each, inner) for each in value])}{newline}]"
    if value is None or value is True or value is False:
        return _CONSTANTS[value]
    return dumps(value)
