"""The system checks, as seen on the command line."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def run_check(data_dir: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ARCHIVE_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=PROJECT,
        env=kept | {"ARCHIVE_DATA_DIR": str(data_dir), **environment},
        capture_output=True,
        text=True,
    )


def test_a_wrong_setting_stops_the_archive_with_a_sentence(tmp_path):
    result = run_check(tmp_path, ARCHIVE_DEBUG="perhaps")
    assert result.returncode == 1
    assert "ARCHIVE_DEBUG should be on or off" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_short_secret_is_refused(tmp_path):
    result = run_check(tmp_path, ARCHIVE_SECRET_KEY="hush")
    assert "ARCHIVE_SECRET_KEY should have at least" in result.stderr


def test_the_deployment_check_is_clean_in_production(tmp_path):
    result = run_check(tmp_path, "--deploy", "--fail-level", "WARNING", ARCHIVE_ALLOWED_HOSTS="archive.example")
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout
