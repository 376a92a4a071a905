import io
import re

import pytest
from django.core.management import call_command

from foods.importing.importer import import_foods
from foods.importing.progress import Bar, Progress
from foods.sources.recognise import recognise
from tests.foods.sources import test_cofid, test_fndds_xlsx
from tests.foods.sources.tables import foundation, shared, sr_legacy, survey, unpacked, zipped

pytestmark = pytest.mark.django_db


class Notes(Progress):
    """Record what is reported, as a list of steps."""

    def __init__(self):
        self.steps = []

    def begin(self, step, total, unit):
        self.steps.append([step, total, 0])

    def advance(self, count):
        self.steps[-1][2] += count


class Terminal(io.StringIO):
    def isatty(self):
        return True


def told_of(path):
    notes = Notes()
    import_foods(recognise(path, on_read=notes.advance), progress=notes)
    return notes.steps


def read_share(steps):
    step, total, count = steps[0]
    assert step == "reading"
    return count / total


@pytest.mark.parametrize("tables", [sr_legacy(), survey(), foundation()])
@pytest.mark.parametrize("packed", [zipped, unpacked])
def test_a_download_is_read_to_the_last_byte_it_announced(tmp_path, tables, packed):
    steps = told_of(packed(tmp_path / "x", tables | {"food_log.csv": "not read" * 1000}))

    step, total, count = steps[0]
    assert (step, count) == ("reading", total)


def test_writing_is_counted_in_foods_and_linking_comes_last(tmp_path):
    steps = told_of(zipped(tmp_path / "x.zip", sr_legacy()))

    assert steps[1:] == [["writing", 2, 2], ["linking", 0, 0]]


@pytest.mark.parametrize("name", ["x.csv", "x.csv.gz", "x.xlsx"])
def test_progress_through_a_european_table_is_measured_in_bytes(tmp_path, name):
    rows = [f"11-{n}|Milk {n * n}||BA|{n}|0.{n}" for n in range(1, 2000)]
    path = test_cofid.table_of_kind(tmp_path / name, *rows)

    # A small workbook's list of contents is read twice and weighs something.
    assert 0.95 < read_share(told_of(path)) < 1.35


def test_the_announced_size_of_workbooks_covers_all_of_them(tmp_path):
    for make in (test_fndds_xlsx.values, test_fndds_xlsx.portions, test_fndds_xlsx.names):
        make(tmp_path)

    reader = recognise(tmp_path)

    assert reader.size_bytes == sum(path.stat().st_size for path in tmp_path.iterdir())


@pytest.mark.parametrize(
    "name",
    [
        "fdc_sr_legacy_csv_2018-04_b12_rebuilt.zip",
        "fdc_survey_csv_2024-10-31_b12_rebuilt.zip",
        "fdc_foundation_food_csv_2024-10-31.zip",
        "sr28_ascii_2016.zip",
        "cofid_2021_1.5_vitamins.csv.gz",
        "Table Ciqual 2020_ENG_2020 07 07.xls",
    ],
)
def test_published_tables_are_read_to_the_size_they_announced(name):
    count = 0

    def on_read(more):
        nonlocal count
        count += more

    reader = recognise(shared(name), on_read=on_read)
    announced = reader.size_bytes
    before = count
    for _ in reader.read():
        pass

    assert before == 0
    assert count == pytest.approx(announced, rel=0.03)


def test_a_terminal_shows_each_step_and_is_cleared_afterwards(tmp_path, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    call_command("import_foods", zipped(tmp_path / "sr.zip", sr_legacy()))

    shown = terminal.getvalue()
    steps = re.findall(r"sr\.zip: (\w+)", shown)
    assert list(dict.fromkeys(steps)) == ["opening", "reading", "writing", "linking"]
    assert shown.rpartition("\r")[0].rpartition("\r")[2].strip() == ""
    assert not shown.endswith("\n")


def test_a_bar_never_passes_its_end(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)

    with Bar("x") as bar:
        bar.begin("reading", 100, "B")
        bar.advance(70)
        bar.advance(70)
        assert bar._bar.n == 100


def test_without_a_terminal_nothing_is_drawn(tmp_path, capsys):
    call_command("import_foods", zipped(tmp_path / "sr.zip", sr_legacy()))

    assert capsys.readouterr().err == ""
