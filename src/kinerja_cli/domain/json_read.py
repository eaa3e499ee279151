"""JSON from a file that anybody may have written: what it holds, or that it is none."""

import json


def read_json(text: str) -> object:
    """What a text of JSON holds; None where it is none, or so deeply nested that nothing of ours is.

    >>> read_json('{"a": 1}'), read_json("{"), read_json("[" * 200_000)
    ({'a': 1}, None, None)
    """
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found


def read_object(text: str) -> dict[str, object]:
    """The object that a text of JSON holds; an empty one where it holds none.

    >>> read_object('{"a": 1}'), read_object("[1]")
    ({'a': 1}, {})
    """
    found = read_json(text)
    return found if isinstance(found, dict) else {}
