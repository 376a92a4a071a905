import pytest
from django.template import Context, Engine, engines

LOADERS = [("django.template.loaders.cached.Loader", ["tracker.templating.UnindentedLoader"])]
SOURCE = '<ul>\n  {% for x in "ab" %}\n    <li>{{ x }}  </li>\n  {% endfor %}\n</ul>\n'


@pytest.fixture
def engine(tmp_path):
    (tmp_path / "list.html").write_text(SOURCE)
    (tmp_path / "list.txt").write_text("One\n  two\n")
    return Engine(dirs=[tmp_path], loaders=LOADERS)


def test_a_page_is_sent_without_its_indentation(engine):
    html = engine.get_template("list.html").render(Context())

    assert html == "<ul>\n\n<li>a  </li>\n\n<li>b  </li>\n\n</ul>\n"


def test_a_plain_text_keeps_its_indentation(engine):
    assert engine.get_template("list.txt").render(Context()) == "One\n  two\n"


def test_only_the_projects_own_templates_lose_their_indentation():
    engine = engines["django"].engine

    own = engine.get_template("base.html").source
    others = engine.get_template("usersessions/usersession_list.html").source

    assert ("\n " in own, "\n " in others) == (False, True)
