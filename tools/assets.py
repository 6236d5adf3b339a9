"""Join the styles into one file and lay fonts and scripts where the program serves them."""

from __future__ import annotations

import shutil
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "src" / "miedza" / "web"
SOURCE = WEB / "assets"
TARGET = WEB / "static" / "built"
LAYERS = ("tokens", "base", "parts")


def list_styles() -> list[tuple[str, Path]]:
    """The style files with their layers, in the order in which they are joined."""
    css = SOURCE / "css"
    parts = sorted((css / "parts").glob("*.css"))
    return [
        ("tokens", css / "tokens.css"),
        ("base", css / "base.css"),
        *(("parts", part) for part in parts),
    ]


def join_styles() -> str:
    """One style sheet: the typefaces, then every file in its layer."""
    fonts = (SOURCE / "css" / "fonts.css").read_text(encoding="utf-8")
    layers = [f"@layer {', '.join(LAYERS)};"]
    for layer, path in list_styles():
        layers.append(f"@layer {layer} {{\n{path.read_text(encoding='utf-8')}}}")
    return "\n".join([*layers[:1], fonts, *layers[1:], ""])


def build_assets() -> None:
    """Build what is missing or older than its sources."""
    (TARGET / "fonts").mkdir(parents=True, exist_ok=True)
    style = TARGET / "miedza.css"
    text = join_styles()
    if not style.exists() or style.read_text(encoding="utf-8") != text:
        style.write_text(text, encoding="utf-8")
    wanted = {path: TARGET / "fonts" / path.name for path in (SOURCE / "fonts").glob("*.woff2")}
    for folder in ("js", "vendor"):
        wanted |= {path: TARGET / path.name for path in (SOURCE / folder).glob("*.js")}
    for path, target in wanted.items():
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            shutil.copyfile(path, target)


if __name__ == "__main__":
    build_assets()
