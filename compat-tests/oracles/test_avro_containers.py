"""What avro_containers.py makes of files that are known."""

import io
import json
import unittest
from contextlib import redirect_stdout
from unittest import mock

import fastavro

import avro_containers

SCHEMA = {"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}]}


def file(codec):
    out = io.BytesIO()
    fastavro.writer(out, SCHEMA, [{"a": 1}, {"a": 2}], codec=codec, sync_marker=avro_containers.MARKER)
    return out.getvalue().hex()


def run(data, records, codec="deflate"):
    question = {"id": 1, "file": data, "records": records, "codec": codec, "block_bytes": 16000, "avro": codec != "xz"}
    out = io.StringIO()
    with mock.patch("sys.stdin", io.StringIO(json.dumps(question) + "\n")), redirect_stdout(out):
        avro_containers.main()
    return json.loads(out.getvalue())


class Files(unittest.TestCase):
    def test_a_file_of_the_library_itself_is_fine(self):
        for codec in ["null", "deflate", "bzip2", "xz"]:
            answer = run(file(codec), ["02", "04"], codec)
            self.assertIsNone(answer["why"])
            # `avro` has no xz.
            asked = ["fastavro"] if codec == "xz" else ["fastavro", "avro"]
            self.assertEqual([name for name, _ in answer["files"]], asked)

    def test_other_records_and_damage_are_told(self):
        self.assertEqual(run(file("deflate"), ["02"])["why"], "other records")
        self.assertIn("Error", run(file("null")[:-8], ["02", "04"], "null")["why"])
        self.assertEqual(run(file("null"), ["02", "04"])["why"], "the codec is null")
        self.assertEqual(run(file("bzip2"), ["02", "04"], "bzip2")["why"], None)


if __name__ == "__main__":
    unittest.main()
