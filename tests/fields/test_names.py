import pytest
from django.core.exceptions import ValidationError

from tests.fields.test_naming import UNSEEN
from tests.fields.test_wording import form_classes
from tracker.fields.names import NameField

NAMES = {"name", "brand", "serving_word"}
OWN = [form for form in form_classes() if not form.__module__.startswith("allauth.")]


@pytest.mark.parametrize("form_class", OWN, ids=lambda form: form.__qualname__)
def test_every_typed_name_is_cleaned_the_same_way(form_class):
    fields = {name: field for name, field in form_class.base_fields.items() if name in NAMES}

    assert [name for name, field in fields.items() if not isinstance(field, NameField)] == []


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_an_invisible_name_is_asked_for_again(text):
    field = NameField(error_messages={"required": "Give the food a name."})

    with pytest.raises(ValidationError) as refused:
        field.clean(text)

    assert refused.value.messages == ["Give the food a name."]
    assert NameField(required=False).clean(text) == ""


def test_a_name_that_reverses_the_text_is_refused():
    with pytest.raises(ValidationError) as refused:
        NameField().clean("Soy \u202eklim")

    assert refused.value.messages == [
        "This contains a character that reverses the direction of the text. Type it again by hand."
    ]


def test_the_length_is_that_of_the_visible_text():
    assert NameField(max_length=4).clean(" Mi\u200blk\u00ad ") == "Milk"

    with pytest.raises(ValidationError) as refused:
        NameField(max_length=4).clean("Milk!")

    assert refused.value.messages == ["Use at most 4 characters. This has 5."]
