"""Says what the PyPI packages `avro` and `fastavro` make of Avro schemas.

    avro_read.py < FILES

FILES are paths, one a line. For each file and library, in that order, one line of JSON:

    {"file": PATH, "library": "avro", "canonical": TEXT, "crc64": HEX, "md5": HEX, "sha256": HEX}
    {"file": PATH, "library": "avro", "refused": REASON}

A protocol (an object with `protocol`) has no canonical form: where `avro` reads it, its line
says `"protocol": true` instead, and `fastavro`, which knows no protocols, says nothing.

Exit code: 0, whatever is refused; 2 for a wrong call.
"""

import json
import sys

import avro.errors
import avro.protocol
import avro.schema
import fastavro.schema


def main(arguments):
    if arguments:
        print("error: expected paths on standard input", file=sys.stderr)
        return 2
    for path in sys.stdin.read().splitlines():
        for line in read(path):
            print(json.dumps(line))
    return 0


def read(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        document = json.loads(text)
    except ValueError as error:
        return [refused(path, library, error) for library in ("avro", "fastavro")]
    if isinstance(document, dict) and "protocol" in document:
        return [attempt(path, "avro", lambda: by_avro_protocol(text))]
    return [
        attempt(path, "avro", lambda: by_avro(text)),
        attempt(path, "fastavro", lambda: by_fastavro(document)),
    ]


def attempt(path, library, run):
    try:
        return {"file": path, "library": library, **run()}
    except Exception as error:  # Both libraries also raise what they did not think of.
        return refused(path, library, error)


def refused(path, library, error):
    return {"file": path, "library": library, "refused": f"{type(error).__name__}: {error}"}


def by_avro_protocol(text):
    avro.protocol.parse(text)
    return {"protocol": True}


def by_avro(text):
    schema = avro.schema.parse(text)
    fingerprints = {
        # The specification's number; the library gives its bytes in the order of single-object encoding.
        "crc64": schema.fingerprint("CRC-64-AVRO")[::-1].hex(),
        "md5": schema.fingerprint("md5").hex(),
        "sha256": schema.fingerprint("sha256").hex(),
    }
    return {"canonical": schema.canonical_form, **fingerprints}


def by_fastavro(document):
    canonical = fastavro.schema.to_parsing_canonical_form(fastavro.schema.parse_schema(document))
    crc64 = bytes.fromhex(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))[::-1].hex()
    md5, sha256 = (fastavro.schema.fingerprint(canonical, name) for name in ("md5", "sha256"))
    return {"canonical": canonical, "crc64": crc64, "md5": md5, "sha256": sha256}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
