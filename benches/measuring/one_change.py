"""A git repository of schemas in which one file was changed since the last commit."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from .process import Failed

# A change that no other file sees: what is measured is finding and reading what it reaches.
ADDED = b"\nmessage AddedSinceTheLastCommit {\n  string name = 1;\n}\n"


@contextmanager
def repository(schemas):
    """A throw-away repository with a copy of `schemas` as its only commit, packed as a clone is."""
    with tempfile.TemporaryDirectory(prefix="canread-bench-") as folder:
        root = Path(folder, "repository")
        shutil.copytree(schemas, root)
        for arguments in (["init"], ["add", "--all"], ["commit", "--message=all"], ["gc"]):
            git(root, *arguments)
        yield root


@contextmanager
def changed(root, path):
    """Changes one file for a while."""
    file = Path(root, path)
    text = file.read_bytes()
    file.write_bytes(text + ADDED)
    try:
        yield
    finally:
        file.write_bytes(text)


def git(root, *arguments):
    settings = ["core.autocrlf=false", "commit.gpgsign=false", "user.name=bench", "user.email=bench@localhost"]
    settings = [word for setting in settings for word in ("-c", setting)]
    command = ["git", *settings, *arguments]
    ended = subprocess.run(command, cwd=root, env=plain_environment(), capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        raise Failed(f"git {arguments[0]} ended with {ended.returncode}:\n{ended.stderr.strip()}")


def plain_environment():
    """Without the user's own settings, and without the repository of a hook that may run us."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return plain | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
