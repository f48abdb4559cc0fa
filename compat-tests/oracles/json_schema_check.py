"""Says whether JSON documents are valid under a JSON Schema, by the `jsonschema` package.

    json_schema_check.py SCHEMA DOCUMENT...

The schema's own `$schema` picks the draft. Nothing is fetched: a schema that
refers to another file by URL is an error. For SARIF the schema is
`json-schema/schemastore-2026-08/src/schemas/json/sarif-2.1.0.json` of the corpora.

Exit code: 0 where every document is valid, 1 where not, 2 for a wrong call.
"""

import json
import sys

import jsonschema
from jsonschema_specifications import REGISTRY
from referencing.exceptions import Unresolvable

ERRORS_SHOWN = 20


def main(arguments):
    if len(arguments) < 2:
        print("error: expected SCHEMA DOCUMENT...", file=sys.stderr)
        return 2
    schema_path, *document_paths = arguments
    try:
        validator = validator_of(read(schema_path))
        wrong = [errors_of(validator, path) for path in document_paths]
    except (OSError, ValueError, jsonschema.SchemaError, Unresolvable) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    invalid = [errors for errors in wrong if errors]
    for errors in invalid:
        print("\n".join(errors[:ERRORS_SHOWN]))
    print(f"documents {len(document_paths)}, valid {len(document_paths) - len(invalid)}, invalid {len(invalid)}")
    return 1 if invalid else 0


def validator_of(schema):
    kind = jsonschema.validators.validator_for(schema, default=None)
    if kind is None:
        raise ValueError("the schema names no draft in `$schema` that is known")
    kind.check_schema(schema)
    # This registry holds the drafts themselves; the default one would fetch what it lacks.
    return kind(schema, registry=REGISTRY, format_checker=kind.FORMAT_CHECKER)


def errors_of(validator, path):
    """What is wrong with one document, a line each, by place."""
    errors = validator.iter_errors(read(path))
    return sorted(f"{path}: {error.json_path}: {error.message}" for error in errors)


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
