"""html_read.py on pages that are known to be well, or not; nothing is opened where there is no Chromium."""

import contextlib
import io
import json
import os
import shutil
import tempfile
import unittest

import html_read

BROWSER = os.environ.get("CANREAD_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
WELL = "<!doctype html><html lang=en><title>t</title><h1>Fine</h1><article aria-label=a>one</article>"


@unittest.skipUnless(BROWSER, "there is no Chromium")
class HtmlRead(unittest.TestCase):
    def test_what_is_wrong_with_a_page_is_told(self):
        pages = {
            "well": WELL,
            "bad": WELL
            + "<p style='color: #999; background: #fff'>pale</p><div style='width: 900px'>wide</div><input>"
            + "<img src='none.png'><article aria-label=b hidden>two</article><script>console.log('said')</script>",
        }
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, f"{name}.html") for name in pages]
            for path, text in zip(paths, pages.values()):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                self.assertEqual(html_read.main([BROWSER, *paths]), 0)
        well, bad = [json.loads(line) for line in out.getvalue().splitlines()]
        self.assertEqual((well["heading"], well["articles"], well["visible"]), ("Fine", 1, 1))
        for key in ["requests", "console", "too_wide", "pale", "unnamed"]:
            self.assertEqual(well[key], [], key)
            self.assertNotEqual(bad[key], [], key)
        self.assertEqual((bad["articles"], bad["visible"]), (2, 1))


if __name__ == "__main__":
    unittest.main()
