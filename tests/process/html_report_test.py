#!/usr/bin/env python3
"""html_report_test.py FOLDER [--pictures FOLDER]: opens every page of the folder in headless Chromium and
fails where it is not a quiet, safe, readable document. With --pictures it also saves what it looks like."""

import base64
import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

MOST_BYTES = 1_000_000

# Run in the page by the driver; each returns a list of complaints.
STRUCTURE = r"""
const wrong = [];
const all = s => [...document.querySelectorAll(s)];
if (document.documentElement.lang !== 'en') wrong.push('no language');
if (!document.title.startsWith('usagectl ')) wrong.push('title: ' + document.title);
if (window.hostile) wrong.push('a script ran');
for (const e of all('script, img, iframe, object, embed, link, form, input, base')) wrong.push('element ' + e.outerHTML.slice(0, 80));
for (const e of all('*')) for (const a of e.attributes) if (/^on|^style$|^src|^srcdoc$|xlink/.test(a.name)) wrong.push('attribute ' + a.name);
for (const e of all('a')) if (!e.getAttribute('href').startsWith('#') || !document.querySelector(e.getAttribute('href'))) wrong.push('link ' + e.getAttribute('href'));
if (all('h1').length !== 1) wrong.push(all('h1').length + ' h1');
let level = 0;
for (const h of all('h1, h2, h3, h4')) {
  const own = +h.tagName[1];
  if (own > level + 1) wrong.push('heading ' + h.textContent + ' skips a level');
  if (!h.textContent.trim()) wrong.push('empty heading');
  level = own;
}
if (all('main').length !== 1 || all('footer').length !== 1) wrong.push('no main or no footer');
for (const t of all('table')) {
  if (!t.caption || !t.caption.textContent.trim()) wrong.push('a table without a caption');
  const width = t.tHead.rows[0].cells.length;
  for (const r of t.rows) if (r.cells.length !== width) wrong.push('a row of ' + r.cells.length + ' cells, not ' + width);
}
for (const e of all('th')) if (!e.getAttribute('scope')) wrong.push('th without scope');
for (const e of all('svg')) {
  const is_named = e.getAttribute('role') === 'img' && e.getAttribute('aria-label');
  if (!is_named && e.getAttribute('aria-hidden') !== 'true') wrong.push('a picture that is neither named nor hidden');
  const box = e.viewBox.baseVal;
  for (const r of e.querySelectorAll('rect')) {
    const [x, y, w, h] = ['x', 'y', 'width', 'height'].map(k => r[k].baseVal.value);
    if (!(w >= 0 && h >= 0 && x >= 0 && y >= -0.01 && x + w <= box.width + 0.9 && y + h <= box.height + 0.01)) wrong.push('a bar outside of its picture: ' + r.outerHTML);
  }
  for (const t of e.querySelectorAll('text')) {
    const b = t.getBBox();
    if (b.x < -1 || b.x + b.width > box.width + 1) wrong.push('a label outside of its picture: ' + t.textContent);
  }
}
return wrong;
"""

# The contrast of every text with the first opaque colour behind it; 4.5:1, or 3:1 for large text (WCAG 2.2).
CONTRAST = r"""
const wrong = [];
const rgb = c => (c.match(/[\d.]+/g) || []).map(Number);
const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + 0.05) / (y + 0.05); };
const behind = e => { for (let n = e; n; n = n.parentElement) { const c = rgb(getComputedStyle(n).backgroundColor); if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let texts = 0;
while (walker.nextNode()) {
  const e = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || e.tagName === 'title' || e.closest('.skip')) continue;
  const s = getComputedStyle(e);
  const color = rgb(e instanceof SVGElement ? s.fill : s.color);
  const large = parseFloat(s.fontSize) >= 24;
  const r = ratio(color, behind(e));
  ++texts;
  if (r < (large ? 3 : 4.5)) wrong.push(r.toFixed(2) + ':1 of "' + walker.currentNode.data.trim().slice(0, 40) + '"');
}
for (const e of document.querySelectorAll('svg rect, svg circle')) {
  const fill = getComputedStyle(e).fill;
  if (fill === 'none') continue;
  const r = ratio(rgb(fill), behind(e.closest('svg')));
  if (r < 3) wrong.push(r.toFixed(2) + ':1 of a mark of class ' + e.getAttribute('class'));
}
if (!texts) wrong.push('no text');
return [...new Set(wrong)].slice(0, 10);
"""

AXE = r"""
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(
  r => done(r.violations.map(v => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 120)).join(' | '))),
  e => done(['axe failed: ' + e]));
"""


class Browser:
    """A session of the W3C WebDriver protocol."""

    def __init__(self):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        port = None
        for line in self.driver.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                port = found.group(1)
                break
        if port is None:
            raise RuntimeError("chromedriver did not start")
        self.base = f"http://127.0.0.1:{port}"
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]}
        answer = self.started({"capabilities": {"alwaysMatch": {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}})
        self.base += "/session/" + answer["sessionId"]

    def started(self, wanted):
        try:
            return self.call("POST", "/session", wanted)
        except OSError:
            self.driver.terminate()
            raise

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def run(self, script, is_async=False):
        return self.call("POST", "/execute/" + ("async" if is_async else "sync"), {"script": script, "args": []})

    def command(self, name, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def look(self, scheme, width, height=800, media=""):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
        self.command("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path, whole=True):
        shot = self.command("Page.captureScreenshot", captureBeyondViewport=whole)
        Path(path).write_bytes(base64.b64decode(shot["data"]))

    def console(self):
        return [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"}) if entry["level"] != "DEBUG"]

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()


def axe_source():
    """The text of axe-core where it is installed: AXE_CORE names the file, or npm has it."""
    places = [os.environ.get("AXE_CORE", "")]
    try:
        root = subprocess.run(["npm", "root", "-g"], capture_output=True, text=True, timeout=30).stdout.strip()
        places.append(f"{root}/axe-core/axe.min.js")
    except (OSError, subprocess.SubprocessError):
        pass
    for place in places:
        if place and Path(place).is_file():
            return Path(place).read_text()
    return None


def check(browser, page, axe, pictures):
    wrong = []
    text = page.read_text()
    if len(text.encode()) > MOST_BYTES:
        wrong.append(f"{len(text.encode()):,} bytes")
    browser.call("POST", "/url", {"url": page.as_uri()})
    for scheme in "light", "dark":
        for width in 1200, 360:
            browser.look(scheme, width)
            seen = f"{scheme}, {width} wide: "
            if width == 1200:
                wrong += [seen + w for w in browser.run(CONTRAST)]
            if browser.run("return document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append(seen + "the page is wider than the window")
            if axe and (scheme, width) == ("light", 1200):
                wrong += [seen + w for w in browser.run(axe + AXE, is_async=True)]
            if pictures:
                browser.picture(f"{pictures}/{page.stem}-{scheme}-{width}.png")
    browser.look("light", 1200)
    wrong += browser.run(STRUCTURE)
    loaded = browser.run("return performance.getEntriesByType('resource').map(e => e.name)")
    wrong += [f"loads {name}" for name in loaded]
    wrong += [f"console: {message}" for message in browser.console()]
    if "hostile" in page.stem and "onerror" not in browser.run("return document.body.innerText"):
        wrong.append("a hostile name is not shown as text")
    browser.look("dark", 800, media="print")
    paper = browser.run("return getComputedStyle(document.body).backgroundColor")
    if paper != "rgb(255, 255, 255)":
        wrong.append(f"the paper is {paper} in print")
    if pictures:
        browser.picture(f"{pictures}/{page.stem}-print.png")
    return wrong


def main():
    folder = Path(sys.argv[1]).resolve()
    pictures = sys.argv[3] if sys.argv[2:3] == ["--pictures"] else None
    axe = axe_source()
    if axe is None:
        print("axe-core is not installed (npm install -g axe-core, or AXE_CORE=…/axe.min.js): contrast and structure are checked without it")
    try:
        browser = Browser()
    except (OSError, RuntimeError, KeyError) as fault:
        print(f"skipped: Chromium does not start: {fault}")
        sys.exit(77)
    bad = 0
    try:
        for page in sorted(folder.glob("*.html")):
            for complaint in check(browser, page, axe, pictures):
                bad += 1
                print(f"FAILED: {page.name}: {complaint}")
    finally:
        browser.close()
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
