"""How gunicorn serves the archive. It reads this file by itself."""

import multiprocessing
from pathlib import Path

wsgi_app = "archive.wsgi:application"
bind = "127.0.0.1:8000"
workers = max(2, multiprocessing.cpu_count())
threads = 4
preload_app = True  # the workers share the code in memory
control_socket_disable = True  # nothing here steers the server while it runs
graceful_timeout = 20  # seconds for a page that is being made when the server is told to stop
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"  # a heartbeat file on a slow disk makes workers look dead
