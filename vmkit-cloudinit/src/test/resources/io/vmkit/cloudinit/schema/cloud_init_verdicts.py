"""Asks the cloud-init on PYTHONPATH what its schema says about many documents.

Usage: cloud_init_verdicts.py DOCUMENTS VERDICTS
DOCUMENTS is a JSON list of texts. VERDICTS becomes a JSON list of [accepted, deprecated, reason].
"""

import contextlib
import functools
import io
import json
import os
import sys
import tempfile

from cloudinit.config import schema

seen = {}
validate = schema.validate_cloudconfig_schema


def observed(*args, **kwargs):
    try:
        return validate(*args, **kwargs)
    except schema.SchemaValidationError as e:
        seen["deprecations"] = e.schema_deprecations
        raise


def verdict(path, rules):
    seen.clear()
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            schema.validate_cloudconfig_file(path, rules)
    except SystemExit as e:
        return [False, False, "exit " + str(e)]
    except Exception as e:  # a crash refuses the document as well
        return [False, False, type(e).__name__ + ": " + str(e)[:300]]
    return [True, bool(seen.get("deprecations")), ""]


def main(documents, verdicts):
    # Only to spare the time of building the same validator class for each document.
    schema.get_jsonschema_validator = functools.lru_cache(schema.get_jsonschema_validator)
    schema.validate_cloudconfig_schema = observed
    rules = schema.get_schema()
    with open(documents, encoding="utf-8") as f:
        texts = json.load(f)
    results = []
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "user-data")
        for text in texts:
            with open(path, "w", encoding="utf-8", newline="") as f:
                f.write(text)
            results.append(verdict(path, rules))
    with open(verdicts, "w", encoding="utf-8") as f:
        json.dump(results, f)


main(*sys.argv[1:])
