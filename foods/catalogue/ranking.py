"""How well a food matches a query. Scored in Python, so that every database ranks alike."""

import re

EXACT_WORD, WORD_START, ALIAS_SHARE = 10.0, 6.0, 0.6
HEAD_IS_QUERY, HEAD_BEGINS, HEAD_HOLDS, FIRST_WORD = 12.0, 3.0, 3.0, 3.0
HEAD_ASKED = 6.0
EXTRA_WORD = -0.6
IN_ORDER = 3.0
ALSO_CALLED = 20.0
"""For a query that is an alias of a starter food, which was given to it by hand."""
OWN, RECENT = 25.0, 30.0
OWN_IN_FULL = 90.0
"""For the full name or brand of a food of one's own: more than a shared food can reach."""
BEHIND = 0.1
"""How far a logged food that only mentions the words stays behind the best food named by them."""
LINKS = frozenset({"with", "of", "in", "on", "and", "for"})
UNASKED = -4.0
ALIASES = "|"
"""Separates the name from the aliases in the stored words."""

Readings = list[tuple[str, ...]]

STATES = {
    "raw": UNASKED,
    "dry": UNASKED,
    "dried": -3.0,
    "powder": UNASKED,
    "mix": -3.0,
    "uncooked": UNASKED,
    "unprepared": UNASKED,
    "dehydrated": UNASKED,
    "frozen": -2.0,
    "canned": -1.0,
    "unheated": -1.0,
    "substitute": UNASKED,
    "imitation": UNASKED,
    "meatless": -12.0,
    "not": -2.0,
    "vegetarian": -3.0,
    "reduced": -1.0,
    "sandwich": -2.0,
    "human": -20.0,
    "goat": -3.0,
    "sheep": -5.0,
    "buffalo": -3.0,
    "injection": -12.0,
    "restaurant": -2.0,
    "yolk": -4.0,
    "white": -0.5,
    "sauce": UNASKED,
    "gravy": UNASKED,
    "dip": -3.0,
    "soup": -3.0,
    "dressing": -3.0,
    "juice": -2.0,
    "cracker": -2.0,
    "cooky": -2.0,
}
"""Words that make a food unlikely to be meant unless the query contains them."""

STARTER, GENERIC, EATEN_RAW = 8, 3, 6
"""Meat is rarely meant raw, but an apple usually is: these points offset the missing state."""
RAW = re.compile(r"\braw\b(?! \()", re.I)
GENERIC_NAME = re.compile(r"\bNFS\b")
UNUSUAL = (
    (re.compile(r"alaska native|navajo|apache|hopi|shoshone|plains indians|southwest\)", re.I), -8),
    (re.compile(r"\bas ingredient\b|industrial|for use on a sandwich", re.I), -8),
    (re.compile(r"^(babyfood|infant formula|baby toddler|toddler|child formula)\b", re.I), -8),
    (re.compile(r"\bimported\b|new zealand|australian", re.I), -6),
    (re.compile(r"puerto rican", re.I), -2),
    (re.compile(r"game meat|\b(emu|ostrich|moose|whale|seal|beaver|elk|caribou)\b", re.I), -3),
    (re.compile(r"cereals ready-to-eat", re.I), -5),
    (re.compile(r"\b[A-Z]{3,}[A-Z'.&]*(?= )(?!.*\bNFS\b)"), -4),
    (re.compile(r"mcdonald|burger king|^kfc|popeyes|taco bell|wendy|subway|pizza hut", re.I), -6),
    (re.compile(r"^(restaurant|fast foods?|school lunch)\b", re.I), -4),
    (re.compile(r"\b(NS as to|school)\b", re.I), -2),
    (re.compile(r"sodium|without salt|low fat|light\b", re.I), -1),
)
"""Foods that few people mean, by name; the points of all matches are added."""


CATEGORY_HEADS = frozenset(
    {
        *("fish", "mollusks", "crustaceans", "beverages", "beverage", "alcoholic beverage"),
        *("nuts", "seeds", "spices", "snacks", "candies", "game meat", "restaurant", "fast foods"),
        *("cereals ready-to-eat", "cereals", "seaweed"),
    }
)
"""First parts of USDA names that are categories and not foods: the head of "Fish, cod" is cod."""


def head_of(name: str) -> str:
    """Return the head of a name: its first part, or the one after a category."""
    first, _, rest = name.partition(",")
    if first.strip().lower() in CATEGORY_HEADS and rest.strip():
        return rest.split(",")[0]
    return first


def fixed_rank(name: str, *, is_starter: bool = False, source_class: str = "") -> int:
    """Return the points of a food that do not depend on the query."""
    if is_starter:
        return STARTER
    rank = GENERIC if GENERIC_NAME.search(name) else 0
    if source_class == "plant_food" and RAW.search(name):
        rank += EATEN_RAW
    return rank + sum(points for pattern, points in UNUSUAL if pattern.search(name))


class Match:
    """The facts about a food that the ranking uses; `search` is what index_food stores."""

    __slots__ = (
        *("alias_words", "aliases", "diet", "head", "length", "name", "owner_id", "pk", "rank"),
        *("search", "states", "words"),
    )

    def __init__(
        self,
        pk: int,
        name: str,
        search: str,
        head: str,
        rank: int,
        owner_id: int | None = None,
        diet: str = "omnivore",
    ) -> None:
        self.pk, self.name, self.search, self.head = pk, name, search, head
        self.rank, self.owner_id, self.diet = rank, owner_id, diet
        own_words, *others = search.split(ALIASES)
        self.words = own_words.split()
        self.aliases = [other.strip() for other in others]
        self.alias_words = [word for other in others for word in other.split()]
        self.states = frozenset(self.words).intersection(STATES)
        self.length = sum(word.isalpha() and word != "percent" for word in self.words)


def closeness(candidate: Match, meant: Readings, recent: frozenset[int]) -> float:
    """Return a rough score, to choose the foods that are ranked in full."""
    points = candidate.rank - 0.1 * len(candidate.search)
    if candidate.pk in recent or candidate.owner_id is not None:
        points += 90
    for words in meant:
        joined = " ".join(words)
        if candidate.head == joined:
            points += 60
        elif candidate.search.startswith(f" {joined}"):
            points += 40
        elif candidate.search.startswith(f" {words[0]}"):
            points += 20
    return points


def is_named(candidate: Match, words: tuple[str, ...]) -> bool:
    """Return whether the words name the food: "milk" does so for whole milk, not for soy milk."""
    joined, head = " ".join(words), candidate.head
    if any(f"{alias} ".startswith(f"{joined} ") for alias in candidate.aliases):
        return True
    if head.startswith(joined) and head[len(joined) : len(joined) + 1].isalnum():
        return True  # the word may be unfinished: "pean" may become peanut butter
    *before, last = words
    head_words = head.split()
    if all(word in before or word.startswith(last) for word in head_words):
        return True
    if len(words) > 1 and f" {joined}" in f" {head}":
        return True
    return head_words[: len(words)] == [*words] and head_words[len(words)] in LINKS


def is_in_full(candidate: Match, words: tuple[str, ...]) -> bool:
    """Return whether the words are the whole head or brand, or several words of the name."""
    joined = " ".join(words)
    if joined in (candidate.head, *candidate.aliases):
        return True
    return len(words) > 1 and f" {joined} " in f"{candidate.search} "


def score(candidate: Match, words: tuple[str, ...]) -> float:
    """Return how well a food matches these folded words; every word is known to match."""
    points = candidate.rank + EXTRA_WORD * max(0, candidate.length - len(words))
    for word in words:
        points += word_points(word, candidate)
    points += head_points(candidate, words)
    for state in candidate.states:
        if state not in words:
            points += STATES[state]
    return points


def habit(candidate: Match, fitting: Readings, *, is_recent: bool) -> float:
    """Return the points of a food that is this person's own, or was eaten recently."""
    points = RECENT * is_recent
    if candidate.owner_id is not None:
        in_full = any(is_in_full(candidate, words) for words in fitting)
        points += OWN_IN_FULL if in_full else OWN
    return points


def word_points(word: str, candidate: Match) -> float:
    """Return the points of one query word: a whole word of the name gets the most."""
    if word in candidate.words:
        return EXACT_WORD
    if f" {word}" in candidate.search.partition(ALIASES)[0]:
        return WORD_START
    return ALIAS_SHARE * (EXACT_WORD if word in candidate.alias_words else WORD_START)


def head_points(candidate: Match, words: tuple[str, ...]) -> float:
    """Return the points for the position of the words: USDA names are "head, detail, detail"."""
    joined, head = " ".join(words), candidate.head
    points = HEAD_IS_QUERY if head == joined or joined in candidate.aliases else 0.0
    if not points and head.startswith(f"{joined} "):
        points = HEAD_BEGINS
    head_words = head.split()
    if all(word in head_words for word in words):
        points += HEAD_HOLDS
    elif all(word in words for word in head_words):
        points += HEAD_ASKED
    if candidate.words[:1] == [words[0]]:
        points += FIRST_WORD
    if len(words) > 1 and f" {joined} " in f"{candidate.search} ":
        points += IN_ORDER
    return points
