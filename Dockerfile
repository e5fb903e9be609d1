FROM python:3.13-slim AS build
WORKDIR /app
COPY pyproject.toml constraints.txt README.md ./
COPY archive archive
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ARCHIVE_DATA_DIR=/data
RUN useradd --system --uid 1000 --create-home archive && install -d -o archive -g archive /app \
    && install -d -o archive -g archive -m 0700 /data
COPY --from=build /venv /venv
WORKDIR /app
COPY --chown=archive:archive manage.py gunicorn.conf.py ./
COPY --chown=archive:archive archive archive
COPY --chown=archive:archive templates templates
COPY --chown=archive:archive static static
USER archive
RUN ARCHIVE_DATA_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 && rm -r /tmp/build
VOLUME /data
EXPOSE 8000
HEALTHCHECK --start-period=30s --start-interval=1s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["sh", "-c", "python manage.py migrate --verbosity 0 && exec gunicorn --bind 0.0.0.0:8000"]
