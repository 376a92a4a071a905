from django.utils.translation import override

from tracker.profiles import science_messages, texts
from tracker.profiles.management.commands.list_science_texts import TARGET, module_text


def test_every_sentence_of_the_core_is_listed_for_translation():
    assert texts.science_texts() == science_messages.MESSAGES, "run manage.py list_science_texts"


def test_the_list_is_what_the_command_writes():
    assert TARGET.read_text(encoding="utf-8") == module_text()


def test_a_sentence_without_a_translation_stays_english():
    with override("en-gb"):
        assert texts.translated("Metformin") == "Metformin"


def test_no_text_is_no_text():
    assert texts.translated("") == ""
