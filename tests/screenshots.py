"""Make the pictures of the README from a demo person's diary: ``make screenshots``."""

import os
import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from tests.chromium import CHROMIUM, FLAGS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "screenshots"
PERSON = "omnivore"
COLOURS = 128
WIDE, LONG = {"width": 1280, "height": 860}, {"width": 1280, "height": 1200}
NARROW = {"width": 375, "height": 812}
PICTURES = (
    ("today", "/", WIDE, "light"),
    ("week", "/week/{last_week}/", LONG, "light"),
    ("today-dark-narrow", "/", NARROW, "dark"),
)


def main() -> None:
    if CHROMIUM is None:
        sys.exit("Cobalog: no Chromium on this machine; on Debian: apt-get install chromium")
    folder = tempfile.mkdtemp(prefix="cobalog-screenshots-")
    os.environ |= {"COBALOG_VAR": folder, "COBALOG_DEMO": "true"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        take_all(CHROMIUM)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def take_all(chromium: str) -> None:
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.bench.__main__ import free_port
    from tests.bench.serving import real_server

    session, last_week = demo_session()
    with real_server(free_port()) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS.split())
        for name, path, size, scheme in PICTURES:
            context = browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB")
            url = f"http://127.0.0.1:{server.port}"
            context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
            page = context.new_page()
            page.goto(url + path.format(last_week=last_week))
            settle(page)
            save(name, page.screenshot())
            context.close()
        browser.close()


def demo_session() -> tuple[str, str]:
    """Return the session of a demo person and the Monday of the last full week."""
    from datetime import timedelta

    from django.core.management import call_command
    from django.db import connections
    from django.test import Client
    from django.utils import timezone

    from tests.factories import make_user
    from tracker.demo.building import fill_diary, make_demo_profile
    from tracker.demo.persons import PERSONS

    call_command("prepare", verbosity=0)
    today = timezone.localdate()
    client = Client()
    account, person = make_user("demo"), PERSONS[PERSON]
    fill_diary(make_demo_profile(account, person, today), person, today)
    client.force_login(account)
    connections.close_all()
    return client.cookies["sessionid"].value, str(today - timedelta(days=today.weekday() + 7))


def settle(page: Any) -> None:
    """Wait until Plotly has replaced the drawing, if there is a chart, and nothing moves."""
    if page.locator("[data-chart]").count():
        page.wait_for_selector("[data-chart].is-live", timeout=20_000)
    page.wait_for_timeout(500)


def save(name: str, png: bytes) -> None:
    """Save a picture with few colours, to keep the repository small."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    path = FOLDER / f"{name}.png"
    picture.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
