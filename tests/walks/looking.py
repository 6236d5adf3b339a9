"""How a page is looked at: in light and dark, wide and narrow, with large letters, by axe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RUN_AXE = """async tags => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(" | ")}`);
}"""
FIND_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const wide = [...document.querySelectorAll("body *")].filter(
    e => e.getBoundingClientRect().right > width + 1);
  return wide.map(e => e.outerHTML.slice(0, 90)).slice(-2).join(" | ") || "the page itself";
}"""
FIND_HIDDEN = """() => [...document.querySelectorAll(".scroll")]
  .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className).join(" | ")"""
FIND_BROKEN = r"""() => {
  const broken = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text; (text = texts.nextNode()); ) {
    const parent = text.parentElement;
    const spared = ".hidden, .fingerprint, option, script, style";
    if (!parent.checkVisibility() || parent.closest(spared)) continue;
    for (const word of text.data.matchAll(/(?<![\p{L}@.\/_-])\p{L}{2,16}(?![\p{L}@.\/_])/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(part => Math.round(part.top)));
      if (lines.size > 1) broken.add(word[0]);
    }
  }
  return [...broken].join(" ");
}"""
WIDTHS = (1280, 360, 320)
LOOKS: tuple[tuple[Literal["light", "dark"], int], ...] = (
    ("light", 320),
    ("light", 1280),
    ("dark", 1280),
)


def look_at(page: Page, name: str) -> list[str]:
    """All that is wrong with the looks of a page, told in a line each.

    Args:
        page: it shows what is looked at.
        name: what it is called in the answer.
    """
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    page.evaluate(AXE_SCRIPT)
    faults = [*_find_overflow(page), *_ask_axe(page)]
    page.set_viewport_size({"width": 1280, "height": 900})
    return [f"{name} {fault}" for fault in faults]


def _find_overflow(page: Page) -> Iterator[str]:
    """Where a page is wider than its window, or breaks a word; at twice the size it may."""
    for size in ("100%", "200%"):
        page.evaluate("size => document.documentElement.style.fontSize = size", size)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate(FIND_OVERFLOW)
            if wide:
                yield f"overflows at {width} px, letters {size}: {wide}"
            if size == "100%":
                yield from _find_unread(page, width)
    page.evaluate("() => document.documentElement.style.fontSize = ''")


def _find_unread(page: Page, width: int) -> Iterator[str]:
    """What cannot be read at one look: broken words, and what one must scroll aside to see."""
    for what, script in (("breaks words", FIND_BROKEN), ("hides a part", FIND_HIDDEN)):
        found = page.evaluate(script)
        if found:
            yield f"{what} at {width} px: {found}"


def _ask_axe(page: Page) -> Iterator[str]:
    """What axe says: in light on a desk and on a small phone, in dark on a desk."""
    for colours, width in LOOKS:
        # Without motion: a colour on its way from light to dark has no contrast of its own.
        page.emulate_media(color_scheme=colours, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        for violation in page.evaluate(RUN_AXE, TAGS):
            yield f"in {colours} at {width} px: {violation}"
