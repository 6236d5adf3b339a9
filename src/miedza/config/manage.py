"""Django's own commands, with the practice's settings."""

import os
import sys

from django.core.management import execute_from_command_line

from miedza.config.environment import prepare_data_folder

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miedza.config.settings")
    prepare_data_folder()
    execute_from_command_line(["miedza manage", *sys.argv[1:]])
