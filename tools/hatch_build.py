"""What the wheel carries beside the code: built assets and compiled translations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildHook(BuildHookInterface):  # type: ignore[type-arg] # Its config is not used.
    """Builds the assets and the translations before the files are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing; an editable install builds by `make`."""
        del build_data
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root)))
        from tools.assets import build_assets
        from tools.translations import compile_catalogues

        build_assets()
        compile_catalogues()
