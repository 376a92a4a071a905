import pytest
from django.core.exceptions import ValidationError

from tests.fields.test_naming import UNSEEN
from tests.fields.test_wording import form_classes
from tracker.fields.names import NameField

NAMES = {"name", "brand", "serving_word"}
OWN = [form for form in form_classes() if not form.__module__.startswith("allauth.")]


@pytest.mark.parametrize("form_class", OWN, ids=lambda form: form.__qualname__)
def test_every_name_that_a_person_types_is_read_alike(form_class):
    fields = {name: field for name, field in form_class.base_fields.items() if name in NAMES}

    assert [name for name, field in fields.items() if not isinstance(field, NameField)] == []


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_a_name_that_nobody_can_see_is_asked_for_again(text):
    field = NameField(error_messages={"required": "Give the food a name."})

    with pytest.raises(ValidationError) as refused:
        field.clean(text)

    assert refused.value.messages == ["Give the food a name."]
    assert NameField(required=False).clean(text) == ""


def test_a_name_that_turns_the_text_round_is_refused():
    with pytest.raises(ValidationError) as refused:
        NameField().clean("Soy \u202eklim")

    assert refused.value.messages == [
        "This contains a character that reverses the direction of the text. Type it again by hand."
    ]


def test_the_length_is_that_of_what_is_seen():
    assert NameField(max_length=4).clean(" Mi\u200blk\u00ad ") == "Milk"

    with pytest.raises(ValidationError) as refused:
        NameField(max_length=4).clean("Milk!")

    assert refused.value.messages == ["Use at most 4 characters. This has 5."]
