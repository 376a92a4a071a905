"""The bare views for comparison: three indexed queries and a list; one insert and a line.

The same signed-in person requests them through the same middleware as the pages, so that a ratio
shows what a page adds to the cost of every request.
"""

import time

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template

from foods.models import Food
from tracker.diary.models import Entry
from tracker.diary.slots import Slot
from tracker.profiles.models import Profile

PAGE = Template(
    "<!doctype html><title>{{ profile }}</title><h1>{{ food }}</h1>"
    "<ul>{% for entry in entries %}<li>{{ entry.name }} {{ entry.b12_ug }}</li>{% endfor %}</ul>"
)
LINE = Template("<p>{{ entry.name }} {{ entry.b12_ug }}</p>")


def page(request: HttpRequest, profile: int, food: int, day: str) -> HttpResponse:
    context = {
        "profile": Profile.objects.get(pk=profile),
        "food": Food.objects.get(pk=food),
        "entries": list(Entry.objects.filter(profile_id=profile, day=day)),
    }
    return HttpResponse(PAGE.render(Context(context)))


def insert(request: HttpRequest, profile: int, day: str) -> HttpResponse:
    with transaction.atomic():
        entry = Entry.objects.create(
            profile_id=profile,
            day=day,
            slot=Slot.SNACK,
            slot_order=3,
            name="Bare entry",
            mass_g=100.0,
            b12_ug=1.0,
            food_ug=1.0,
        )
    return HttpResponse(LINE.render(Context({"entry": entry})))


class CountQueries:
    """Put the number of queries and the processor time of each response into headers."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        queries = []

        def note(execute, sql, params, many, context):
            queries.append(sql)
            return execute(sql, params, many, context)

        start = time.thread_time()
        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response["X-Queries"] = str(len(queries))
        response["X-Cpu-Ms"] = f"{1e3 * (time.thread_time() - start):.3f}"
        return response
