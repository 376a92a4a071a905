"""Update the catalogue from a published food table: all of it or nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.utils import timezone

from foods.catalogue.search import index_food
from foods.catalogue.version import one_version
from foods.importing.completing import completed, thin_facts
from foods.importing.flagging import flag_outliers
from foods.importing.identifying import identified, renamed, stored_names
from foods.importing.linking import link_duplicates
from foods.importing.losing import forgotten_foods
from foods.importing.progress import BYTES, FOODS, Progress
from foods.importing.published import PUBLISHED, source_of
from foods.importing.retiring import keys_of, missing_from, refuse_shrunk, retire
from foods.models import Food, Portion, Source
from foods.sources.record import FoodRecord, Reader, Rejected, SourceError
from tracker.numbers.counting import so_many

BATCH = 500
DAMAGED_SHARE = 0.1
DAMAGED_ROWS = 20
"""If more foods than both are refused, the file is damaged and none of it is used."""


@dataclass(slots=True)
class ImportReport:
    """What an import did to the catalogue."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    linked: int = 0
    flagged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    """Foods that keep portions, aliases or a diet that this file does not mention."""
    held: list[str] = field(default_factory=list)
    """Sources of which nothing was retired, because a refused food could be any of theirs."""
    gone: list[str] = field(default_factory=list)
    """The retired foods, by number and name."""
    unlisted: list[str] = field(default_factory=list)
    """Foods that stay although they are missing, because the file is not the whole table."""
    forgotten: list[str] = field(default_factory=list)
    """Foods whose B12 was known before and is unknown now, by number and name."""
    renamed: list[str] = field(default_factory=list)
    """Foods whose code now has another name in the table, by number, with both names."""

    @property
    def retired(self) -> int:
        return len(self.gone)

    @property
    def is_unchanged(self) -> bool:
        return not (self.created or self.updated or self.retired or self.linked or self.flagged)


def import_foods(
    reader: Reader, *, may_shrink: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Read a whole table, then write it in one transaction.

    Raises SourceError and leaves the catalogue unchanged if the file is damaged or if it would
    retire most of a table that was larger before or make known B12 unknown (unless ``may_shrink``).
    """
    progress = progress or Progress()
    report = ImportReport()
    progress.begin("reading", reader.size_bytes, BYTES)
    records = read_all(reader, report)
    refuse_damaged(records, report.rejected)
    progress.begin("writing", len(records), FOODS)
    with one_version():
        sources = sources_of(reader, records)
        names = stored_names([*records, *report.rejected], sources)
        records = identified(records, names)
        report.rejected = identified(report.rejected, names)
        report.renamed = renamed(records, names)
        thin = thin_facts(records, sources, may_shrink=may_shrink)
        report.forgotten = forgotten_foods(records, sources, may_shrink=may_shrink)
        for batch in batches(records, BATCH):
            save_batch(batch, sources, thin, report)
            progress.advance(len(batch))
        progress.begin("linking", 0, FOODS)
        for dataset, source in sources.items():
            keys = {record.key for record in records if record.dataset == dataset}
            is_whole = dataset in reader.whole
            settle_missing(dataset, source, keys, report, is_whole=is_whole, may_shrink=may_shrink)
        report.linked = link_duplicates()
        report.flagged = flag_outliers([source.pk for source in sources.values()])
    return report


def read_all(reader: Reader, report: ImportReport) -> list[FoodRecord]:
    """Return the table's foods, and add the refused rows to the report."""
    records: list[FoodRecord] = []
    for found in reader.read():
        if isinstance(found, Rejected):
            report.rejected.append(found)
        else:
            records.append(found)
    return records


def refuse_damaged(records: Sequence[FoodRecord], rejected: Sequence[Rejected]) -> None:
    """Raise if so many foods were refused that the file must be damaged."""
    lost = [row for row in rejected if row.dataset]
    limit = max(DAMAGED_ROWS, DAMAGED_SHARE * (len(records) + len(lost)))
    if len(lost) > limit or not records:
        first = f", the first one: {lost[0].row}, {lost[0].reason}" if lost else ""
        foods = so_many(len(records) + len(lost), "food")
        raise SourceError(f"{len(lost)} of {foods} cannot be read{first}")


def settle_missing(
    dataset: str,
    source: Source,
    keys: set[str],
    report: ImportReport,
    *,
    is_whole: bool,
    may_shrink: bool,
) -> None:
    """Retire what the table no longer has, if the file proves it."""
    refused = keys_of([row for row in report.rejected if row.dataset == dataset], source)
    if refused is None:
        report.held.append(source.name)
        return
    missing = missing_from(source, keys | refused)
    if not is_whole:
        report.unlisted += missing.values()
        return
    if missing and not may_shrink:
        refuse_shrunk(source, missing)
    retire(list(missing))
    report.gone += missing.values()


def sources_of(reader: Reader, records: Sequence[FoodRecord]) -> dict[str, Source]:
    """Return the reader's sources, with the release of the newest record."""
    releases = dict.fromkeys(reader.datasets, "")
    for record in records:
        releases[record.dataset] = max(releases.get(record.dataset, ""), record.release)
    unknown = set(releases) - set(PUBLISHED)
    assert not unknown, unknown
    return {dataset: source_of(dataset, release) for dataset, release in releases.items()}


def batches(records: Sequence[FoodRecord], size: int) -> Iterator[list[FoodRecord]]:
    remaining = iter(records)
    while batch := list(islice(remaining, size)):
        yield batch


def save_batch(
    records: Sequence[FoodRecord],
    sources: dict[str, Source],
    thin: dict[str, set[str]],
    report: ImportReport,
) -> None:
    """Create and update the foods of one batch, and the changed portions."""
    known = known_foods(records, sources)
    new: list[Food] = []
    changed: list[Food] = []
    portions: list[tuple[Food, FoodRecord]] = []
    for record in records:
        source = sources[record.dataset]
        food = known.get((source.pk, record.key))
        if food is None:
            food = Food(source=source, source_key=record.key, **values_of(record))
            new.append(food)
            portions.append((food, record))
            continue
        record = completed(record, food, thin.get(record.dataset, ()), report.kept)
        is_changed = bring_in_line(food, record)
        if portion_pairs(food) != [(p.label, p.mass_g) for p in record.portions]:
            portions.append((food, record))
            is_changed = True
        if is_changed:
            changed.append(food)
    report.created += len(new)
    report.updated += len(changed)
    report.unchanged += len(records) - len(new) - len(changed)
    Food.objects.bulk_create(new)
    Food.objects.bulk_update(changed, [*COMPARED, "updated_at"], batch_size=100)
    replace_portions(portions)


def known_foods(
    records: Sequence[FoodRecord], sources: dict[str, Source]
) -> dict[tuple[int, str], Food]:
    """Return the catalogue's foods with these keys, with portions prefetched."""
    foods = Food.objects.filter(
        owner=None,
        source__in=sources.values(),
        source_key__in=[record.key for record in records],
    ).prefetch_related("portions")
    return {(food.source_id, food.source_key): food for food in foods}


def values_of(record: FoodRecord) -> dict[str, object]:
    """Return the columns of a Food that come from a table."""
    aliases = "\n".join(record.aliases)
    search, head, rank = index_food(
        record.name, brand=record.brand, aliases=aliases, source_class=record.source_class
    )
    return {
        "source_text": record.source_text[:400],
        "fdc_id": record.fdc_id,
        "ndb_no": record.ndb_no,
        "food_code": record.food_code,
        "gtin": record.gtin,
        "name": record.name,
        "brand": record.brand,
        "aliases": aliases,
        "group": record.group[:120],
        "source_class": record.source_class,
        "fortification": record.fortification,
        "diet": record.diet,
        "diet_basis": record.diet_basis,
        "b12_ug_per_100g": record.b12_ug_per_100g,
        "b12_added_ug_per_100g": record.b12_added_ug_per_100g,
        "b12_kind": record.b12_kind,
        "is_drink": record.is_drink,
        "search": search,
        "head": head,
        "rank": rank,
        "retired_at": None,
    }


COMPARED = (
    *("source_text", "fdc_id", "ndb_no", "food_code", "gtin", "name", "brand", "aliases", "group"),
    *("source_class", "fortification", "diet", "diet_basis"),
    *(
        "b12_ug_per_100g",
        "b12_added_ug_per_100g",
        "b12_kind",
        "is_drink",
        "search",
        "head",
        "rank",
        "retired_at",
    ),
)


def bring_in_line(food: Food, record: FoodRecord) -> bool:
    """Copy what differs from the table; return whether anything did."""
    wanted = values_of(record)
    differing = {name: value for name, value in wanted.items() if getattr(food, name) != value}
    for name, value in differing.items():
        setattr(food, name, value)
    if differing:
        food.updated_at = timezone.now()
    return bool(differing)


def portion_pairs(food: Food) -> list[tuple[str, float]]:
    return [(portion.label, portion.mass_g) for portion in food.portions.all()]


def replace_portions(foods: Sequence[tuple[Food, FoodRecord]]) -> None:
    """Replace the portions of these foods, in the table's order."""
    Portion.objects.filter(food__in=[food.pk for food, _ in foods]).delete()
    Portion.objects.bulk_create(
        Portion(food=food, position=position, label=portion.label, mass_g=portion.mass_g)
        for food, record in foods
        for position, portion in enumerate(record.portions)
    )
