"""The demo persons for the sign-in page."""

from django import template

from tracker.demo.persons import PERSONS, DemoPerson

register = template.Library()


@register.simple_tag
def demo_persons() -> list[DemoPerson]:
    return list(PERSONS.values())


@register.simple_tag
def demo_title(slug: str) -> str:
    """The name of a demo person; empty for one that is no longer offered."""
    person = PERSONS.get(slug)
    return str(person.title) if person else ""
