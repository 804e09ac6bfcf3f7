# Two images: `app` runs web, worker, beat and migrate; `proxy` is nginx with the static files of the same build.

FROM python:3.11-slim-bookworm AS code
# Without libharfbuzz-subset0 a PDF takes 60 times as long; fonts-noto-cjk has the rare characters of names.
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/app
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt
COPY . .

FROM code AS schema
# The portal's types are made from what its API says. The three values live in this command; nothing is connected to.
RUN DJANGO_SECRET_KEY=only-for-describing-the-portal-of-this-image-once \
    FIELD_ENCRYPTION_KEY=b25seS1mb3ItY29sbGVjdGluZy1zdGF0aWMtZmlsZXM= \
    DATABASE_URL=postgresql://pm_app@nowhere/pm \
    python manage.py spectacular --urlconf=config.portal_urls \
      --fail-on-warn --format=openapi-json --file=/srv/portal.json

FROM node:24-bookworm-slim AS frontend
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci
COPY frontend/ ./
COPY --from=schema /srv/portal.json generated/portal.json
RUN npm run build

FROM code AS app
COPY --from=frontend /build/dist frontend/dist
ENV STATIC_ROOT=/srv/static VAR_DIR=/srv/var MEDIA_ROOT=/srv/files OUTBOX_DIR=/srv/outbox WHITENOISE_USE_FINDERS=false
# The three values below live in this one command only; collectstatic connects to nothing.
RUN pybabel compile --directory=locale --domain=django \
 && DJANGO_SECRET_KEY=only-for-collecting-the-static-files-of-this-image \
    FIELD_ENCRYPTION_KEY=b25seS1mb3ItY29sbGVjdGluZy1zdGF0aWMtZmlsZXM= \
    DATABASE_URL=postgresql://pm_app@nowhere/pm \
    python manage.py collectstatic --noinput --verbosity=0 \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin app \
 && install -d -o app -g app /srv/var /srv/files /srv/outbox
USER app
CMD ["gunicorn", "config.wsgi:application", "--bind=0.0.0.0:8000", "--workers=4", "--threads=4", "--timeout=120"]

FROM nginx:1.28-bookworm AS proxy
COPY deploy/nginx/default.conf /etc/nginx/conf.d/default.conf
COPY --from=app /srv/static /srv/static
