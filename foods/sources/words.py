"""What a food's name says about the animals in it. Words only ever make a diet stricter."""

import re
from itertools import pairwise
from pathlib import Path

from foods.sources.record import DietName

DIETS: tuple[DietName, ...] = ("vegan", "vegetarian", "pescatarian", "omnivore")

# Removed from the name before its words are read: none of these is what it sounds like.
NOT_ANIMAL = re.compile(
    r"\b((coconut|soy|soya|almond|rice|oat|cashew|hemp|flax|nut) (milk|cream|butter|yogurt)s?"
    r"|(peanut|sunflower seed|sunflower|sesame|tahini|cocoa|shea|cookie|fruit|apple|pumpkin"
    r"|maple) butters?|drumstick (leaves|pods)|steak (fries|cut)|relish, (hot dog|hamburger)"
    r"|pigeon ?peas?|squash, summer, scallop|vegetable oyster|bread and butter pickles?"
    r"|custard[- ]apple|coconut (meat|milk|cream)[^,]*|grated meat|expressed from grated meat"
    r"|soybean,? curd cheese|soymilk|non-?\s?dairy( (milk|yogurt|creamer|cream|cheese))?"
    r"|(yogurt|ice cream|cheese|milk), (soy|coconut( milk)?|almond|oat|rice|cashew|non-?dairy)"
    r"|dairy[- ]free|milk[- ]?free|egg[- ]?free|eggless|(without|no|less|w/o) (added )?(milk"
    r"|eggs?|dairy|meat|butter|fish|honey|cheese)|milkweed|milkfish|butter ?(nut|cup|bur|fruit"
    r"|head)\w*|butter(s|ed)? beans?|cream of (wheat|rice|tartar)|cream[- ]style|kidney beans?"
    r"|beans?, kidney|(artichoke|celery|palm) hearts?|hearts? of palm|oyster (mushroom"
    r"|plant)s?|mushrooms?, oyster|crab ?apples?|goose ?berr(y|ies)|duck sauce|sauce, duck"
    r"|turkey berry|lamb'?s ?(quarters?|lettuce)|yard ?long|beef ?steak tomato\w*"
    r"|hen of the woods|turtle beans?|black turtle|(hamburger|hot ?dog"
    r"|frankfurter)( or (hamburger|hot ?dog))? (bun|roll)s?|rolls?, (hamburger"
    r"|hot ?dog)( or (hamburger|hot ?dog))?|egg ?plants?|egg fruit|fish[- ]shaped|goat ?weed"
    r"|bear ?berr(y|ies)|deer ?berr(y|ies)|cow ?(pea|berr)\w*|pork and beans style"
    r"|chicken of the woods|horse ?radish|elk ?sedge|milk thistle|includes oyster|honey ?(dew"
    r"|crisp|suckle)|melons?, honeydew|cheese ?fruit)\b"
)
MEATLESS = re.compile(
    r"\b(meatless|vegetarian|veggie|vegan|plant[- ]based|soy ?burgers?|meat (extender|substitute)s?"
    r"|without meat|no meat|quorn|mycoprotein)\b"
)


def read_words(path: Path) -> dict[str, frozenset[str]]:
    """Return the words of each section of the list."""
    sections: dict[str, frozenset[str]] = {}
    for part in re.split(r"^\[", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, _, words = part.partition("]")
        sections[title] = frozenset(words.split())
    return sections


WORDS = read_words(Path(__file__).with_name("animal_words.txt"))


def plain(word: str) -> str:
    """Return a simple singular of a word."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def words_of(name: str) -> set[str]:
    """Return the singular words of a name and its pairs of words, without false friends."""
    lowered = NOT_ANIMAL.sub(" ", name.lower())
    tokens = [plain(word) for word in re.findall(r"[a-zà-ÿ]+", lowered)]
    return {*tokens, *(f"{a}-{b}" for a, b in pairwise(tokens))}


def diet_of_name(name: str) -> DietName:
    """Return the strictest diet that the words of the name allow; vegan if they say nothing."""
    words = words_of(name)
    meatless = bool(MEATLESS.search(name.lower()))
    if words & WORDS["omnivore"] and not meatless:
        return "omnivore"
    if words & WORDS["pescatarian"] and not meatless:
        return "pescatarian"
    if words & WORDS["vegetarian"] or meatless:
        return "vegetarian"
    return "vegan"


def strictest(*diets: DietName) -> DietName:
    """Return the strictest diet that allows all of these."""
    return max(diets, key=DIETS.index, default="vegan")
