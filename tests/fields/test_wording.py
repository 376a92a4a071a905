"""No form answers in Django's own words: every form class, every kind of wrong answer."""

import copy
import importlib
import inspect
import pkgutil
import re

import pytest
from allauth.account.forms import LoginForm, ReauthenticateForm, UserForm
from allauth.core.context import request_context
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import timezone

import foods
import tracker
from foods.label_form import LabelForm
from tests.factories import make_food
from tracker.accounts.forms import SignUpForm
from tracker.diary.forms import EntryForm, SlotForm
from tracker.fields.wording import DAMAGED
from tracker.profiles.forms import ProfileForm
from tracker.recipes.content import content_of
from tracker.recipes.forms import RecipeForm

STOCK = re.compile(
    r"Ensure |Enter a valid|Select a valid|This field is required|Enter a whole number\.$"
    r"|Enter a number\.$|Enter a list|Enter a complete|is not a valid|already exists|Null char"
    r"|This password is entirely|It must contain at least"
    r"|is not one of the available|cannot be (null|blank)|UUID|token|does not exist"
)
BAD = [
    None, "", " ", "x", "nonsense", "-1", "0", "1.5", "1e400", "99999999999999999999", "x" * 12_000,
    "a\x00b", "2026-13-45", "25:99", "not@an@address", "#!", ["x"], [], True, False,
]  # fmt: skip


def subclasses(cls):
    for sub in cls.__subclasses__():
        yield sub
        yield from subclasses(sub)


UNSEEN = {
    LoginForm: {"request"},
    UserForm: {"user"},
    ReauthenticateForm: {"user"},
    BaseAuthenticateForm: {"user"},
    AddWebAuthnForm: {"user"},
    LoginWebAuthnForm: set(),
    AuthenticateWebAuthnForm: {"user"},
    EditWebAuthnForm: {"instance"},
}
"""Arguments that forms of allauth need but do not name in their signature."""


def form_classes():
    """Every form of the project and of allauth's pages, once all modules are loaded."""
    load(get_resolver().url_patterns)
    for package in (tracker, foods):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found = set(subclasses(forms.Form))
    return sorted(
        (form for form in found if re.match(r"(tracker|foods|allauth)\.", form.__module__)),
        key=lambda form: (form.__module__, form.__name__),
    )


def load(patterns):
    for pattern in patterns:
        load(getattr(pattern, "url_patterns", []))


def what_forms_ask_for(ada):
    food = make_food()
    request = RequestFactory().get("/")
    request.user, request.session, request.htmx = ada, {}, False
    recipe = ada.profile.recipes.create(name="Stew", kind="recipe", servings=4)
    return {
        "account": ada,
        "user": ada,
        "instance": Authenticator(user=ada, type="webauthn", data={"name": "Key"}),
        "profile": ada.profile,
        "today": timezone.localdate(),
        "food": food,
        "recipe": recipe,
        "content": content_of(recipe),
        "item": recipe.items.create(position=0, food=food, name=food.name, mass_g=10),
        "request": request,
    }


def built(form_class, things, **given):
    """Return a form of any class; the arguments of its ``__init__`` are found by name."""
    wanted = {*inspect.signature(form_class).parameters}
    wanted |= next((UNSEEN[base] for base in form_class.__mro__ if base in UNSEEN), set())
    return form_class(**{name: things[name] for name in wanted if name in things}, **given)


def said_by(field):
    for value in BAD:
        try:
            copy.deepcopy(field).clean(value)
        except ValidationError as error:
            yield from error.messages
        except (TypeError, AttributeError):  # a value of a type that no widget gives
            pass


@pytest.mark.parametrize("form_class", form_classes(), ids=lambda form: form.__qualname__)
def test_no_field_uses_stock_messages(form_class):
    fields = form_class.base_fields.items()
    stock = {
        name: hits
        for name, field in fields
        if (hits := [m for m in said_by(field) if STOCK.search(m)])
    }

    assert stock == {}


OWN = [form for form in form_classes() if not form.__module__.startswith("allauth.")]


@pytest.mark.parametrize("form_class", OWN, ids=lambda form: form.__qualname__)
def test_no_form_uses_stock_messages(ada, form_class):
    """The whole form, with the fields and choices for this person."""
    things = what_forms_ask_for(ada)
    names = built(form_class, things, data=QueryDict()).fields
    said = set()

    for bad in (value for value in BAD if isinstance(value, str)):
        data = QueryDict(mutable=True)
        data.update(dict.fromkeys(names, bad))
        with request_context(things["request"]):
            form = built(form_class, things, data=data)
            said |= {error for errors in form.errors.values() for error in errors}

    assert [error for error in said if STOCK.search(error)] == []


@pytest.mark.parametrize(
    ("form_class", "name", "bad", "said"),
    [
        (SlotForm, "slot", "x", "Choose one of the meals in the list."),
        (SlotForm, "clock", "25:99", "Enter a time, like 8:30 or 20:15."),
        (EntryForm, "amount", "0", "Enter a number from 0.01 to 9,999."),
        (EntryForm, "unit", "x", "Choose one of the measures in the list."),
        (LabelForm, "diet", "x", "Choose one from the list."),
        (LabelForm, "name", "x" * 251, "Use at most 250 characters. This has 251."),
        (RecipeForm, "client_uuid", "x", str(DAMAGED)),
        (ProfileForm, "birth_year", "85", "Enter a year in four digits, 1900 or later."),
        (ProfileForm, "birth_year", "x", "Enter a year in four digits, like 1985."),
        (
            ProfileForm,
            "resected_ileum_cm",
            "601",
            "Enter a whole number from 1 to 600\u00a0cm, or leave it empty.",
        ),
        (SignUpForm, "email", "x", "Enter an e-mail address, like ada@example.org."),
    ],
)
def test_an_error_says_what_would_be_accepted(ada, form_class, name, bad, said):
    things = what_forms_ask_for(ada)
    data = QueryDict("has_ileal_resection=on", mutable=True)
    data[name] = bad

    assert built(form_class, things, data=data).errors[name] == [said]


def test_a_name_that_is_taken_is_said_to_be_taken(ada, client):
    response = client.post("/accounts/signup/", {"username": ada.username})

    said = response.context["form"].errors["username"]
    assert said == ["This name is taken or looks too similar to one that is. Choose another one."]
