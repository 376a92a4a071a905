from foods.catalogue.ranking import Match
from foods.catalogue.variants import MAX_VARIANTS, grouped


def groups(*searches):
    found = [Match(pk, "", search, "", 0) for pk, search in enumerate(searches)]
    return [[candidate.pk for candidate in group] for group in grouped(found)]


def test_forms_are_grouped_under_the_best_of_them():
    assert groups(" clam cooked", " clam raw", " oyster raw") == [[0, 1], [2]]


def test_other_names_do_not_keep_forms_apart():
    assert groups(" corn raw | maize", " corn canned") == [[0, 1]]


def test_names_that_consist_only_of_forms_are_not_grouped():
    assert groups(" dried", " frozen") == [[0], [1]]


def test_a_group_stays_small():
    assert len(groups(*[" clam raw"] * 20)[0]) == MAX_VARIANTS + 1
