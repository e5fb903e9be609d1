"""What gunicorn has loaded before it forks its workers."""

import os
import subprocess
import sys


def test_no_worker_loads_the_code_of_pages_at_its_first_request(tmp_path):
    look = "import sys, archive.wsgi; print('archive.web.library' in sys.modules)"
    environment = {**os.environ, "ARCHIVE_DATA_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", look], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
