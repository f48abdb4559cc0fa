"""Opens pages in a browser without a display, and prints what a person would meet, by the `playwright` package.

    html_read.py BROWSER PAGE...

Each page is looked at in two widths, in light and in dark colours, as it is printed by somebody who likes dark ones,
and opened once without scripts. One JSON object a line:

    heading         the text of the first heading
    articles        how many there are
    visible         how many of them can be seen, the fewest of all ways to open the page
    requests        what the page asked for beside itself
    console         what it said to the console, and dialogs that it opened
    too_wide        widths at which the page itself, not a part of it, has to be scrolled sideways
    pale            texts whose contrast is below 4.5 to 1 (WCAG 2.2, success criterion 1.4.3)
    unnamed         controls and regions without a name for those who can't see them
    filters         how many articles can be seen after each filter was used alone

Exit code: 0 where every page was opened, 2 for a wrong call.
"""

import json
import os
import pathlib
import sys

from playwright.sync_api import sync_playwright

WIDTHS = (400, 1200)
COLOURS = ("light", "dark")

VISIBLE = """() => [...document.querySelectorAll("article")].filter((card) => card.checkVisibility()).length"""

# Contrast of every element that has text of its own, against the nearest background that is not transparent.
PALE = """() => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [red, green, blue] = numbers(colour).map(channel);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (numbers(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const pale = new Set();
  // Articles are alike, and a browser that leaves out what is not in view takes long to look at all of it.
  const articles = new Set([...document.querySelectorAll("article")].slice(30));
  for (const element of document.querySelectorAll("body *")) {
    if (articles.has(element.closest("article"))) continue;
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!says || !element.checkVisibility() || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) pale.add(`${element.tagName.toLowerCase()}.${element.className} ${contrast.toFixed(2)}`);
  }
  return [...pale];
}"""

UNNAMED = """() => [...document.querySelectorAll("input, select, [role=region], [role=search], section, article")]
  .filter((element) => {
    const by = element.getAttribute("aria-labelledby");
    const named = by ? document.getElementById(by)?.textContent : element.getAttribute("aria-label");
    return !(named || element.labels?.[0]?.textContent || "").trim();
  })
  .map((element) => element.outerHTML.slice(0, 100))"""


def main(arguments):
    if len(arguments) < 2:
        print("error: expected BROWSER PAGE...", file=sys.stderr)
        return 2
    browser_path, *pages = arguments
    # The sandbox of the browser can't be had by root.
    options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=options)
        for page in pages:
            print(json.dumps(read(browser, pathlib.Path(page).absolute().as_uri())))
        browser.close()
    return 0


def read(browser, url):
    seen = {"requests": [], "console": [], "too_wide": [], "pale": [], "filters": {}}
    visible = []
    with_page(browser, url, seen, {}, lambda page: look_in_all_ways(page, seen, visible))
    with_page(browser, url, seen, {"java_script_enabled": False},
              lambda page: visible.append(page.locator("article:visible").count()))
    return {**seen, "visible": min(visible)}


def with_page(browser, url, seen, options, use):
    context = browser.new_context(**options)
    page = context.new_page()
    page.on("request", lambda request: seen["requests"].append(request.url) if request.url != url else None)
    page.on("console", lambda message: seen["console"].append(message.text))
    page.on("pageerror", lambda error: seen["console"].append(str(error)))
    page.on("dialog", lambda dialog: (seen["console"].append(dialog.message), dialog.dismiss()))
    page.goto(url)
    use(page)
    context.close()


def look_in_all_ways(page, seen, visible):
    """One page for all of them: to open one takes longer than to look at it."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for colours in COLOURS:
            page.emulate_media(color_scheme=colours)
            look(page, width, seen, visible)
    look_at_print(page, seen, visible)
    page.emulate_media(media="screen", color_scheme="light")
    use_filters(page, seen["filters"])


def look(page, width, seen, visible):
    seen["heading"] = page.locator("h1").inner_text()
    seen["articles"] = page.locator("article").count()
    seen["unnamed"] = page.evaluate(UNNAMED)
    visible.append(page.evaluate(VISIBLE))
    if page.evaluate("document.documentElement.scrollWidth") > width:
        seen["too_wide"].append(width)
    seen["pale"] = sorted({*seen["pale"], *page.evaluate(PALE)})


def look_at_print(page, seen, visible):
    page.emulate_media(media="print", color_scheme="dark")
    visible.append(page.evaluate(VISIBLE))
    seen["pale"] = sorted({*seen["pale"], *page.evaluate(PALE)})


def use_filters(page, filters):
    def count(name):
        filters[name] = page.evaluate(VISIBLE)

    if not page.locator("#filter").is_visible():
        return
    for box in page.locator("#filter input[type=checkbox]").all():
        box.uncheck()
        count(f"without {box.get_attribute('value')}")
        box.check()
    for rule in page.locator("#rule option").all()[1:]:
        value = rule.get_attribute("value")
        page.locator("#rule").select_option(value)
        count(value)
    page.locator("#rule").select_option("")
    page.locator("#text").fill("no such words")
    count("no such words")
    page.locator("#text").fill("")
    count("none")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
