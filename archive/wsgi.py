"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

application = get_wsgi_application()

# Django reads the pages' code at the first request, which then takes half a second, in every worker.
resolve("/")

# The code stays as it is, so no collection of garbage need go through it: 30 ms now and then.
gc.collect()
gc.freeze()
