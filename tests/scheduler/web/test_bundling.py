"""Front-end files are made of their sources, made anew when these change, and missed in words."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from scheduler.core.config import ROOT
from scheduler.web import assets, bundling
from scheduler.web.assets import AssetsError, Manifest

LATER = "\n.later {\n  color: var(--ink);\n}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The front end's sources somewhere else, with the packages that are installed here."""
    shutil.copytree(ROOT / "static", tmp_path / "static", ignore=shutil.ignore_patterns("made"))
    shutil.copy(ROOT / "package-lock.json", tmp_path)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


@pytest.fixture
def _forgetful() -> Iterator[None]:
    """What a test shows instead of the real files is not remembered."""
    assets.manifest.cache_clear()
    yield
    assets.manifest.cache_clear()


def made_in(static: Path) -> Manifest:
    return msgspec.json.decode((static / "bundles" / "manifest.json").read_bytes(), type=Manifest)


def test_a_changed_source_gives_its_bundle_another_name_and_leaves_the_others(project: Path) -> None:
    static = project / "static" / "made"
    assert bundling.install(project, static)
    assert not bundling.install(project, static), "nothing has changed"
    before = made_in(static)
    sheet = project / "static" / "styles" / "desk" / "board.css"
    sheet.write_text(sheet.read_text(encoding="utf-8") + LATER, encoding="utf-8")
    assert not assets.is_current(static, project)
    assert bundling.install(project, static)
    after = made_in(static)
    assert {name for name in before.names if before.names[name] != after.names[name]} == {"desk.css"}
    assert ".later" in (static / "bundles" / after.names["desk.css"]).read_text(encoding="utf-8")
    assert not (static / "bundles" / before.names["desk.css"]).exists()


def test_a_changed_test_changes_no_bundle(project: Path) -> None:
    static = project / "static" / "made"
    bundling.install(project, static)
    (project / "static" / "tests" / "more.test.js").write_text("", encoding="utf-8")
    assert assets.is_current(static, project)


def test_a_source_that_cannot_be_read_is_named_and_what_was_made_before_stays(project: Path) -> None:
    static = project / "static" / "made"
    bundling.install(project, static)
    for source, broken in (("scripts/common/search.js", "const"), ("styles/common/forms.css", "} {")):
        file = project / "static" / source
        source_text = file.read_text(encoding="utf-8")
        file.write_text(broken, encoding="utf-8")
        with pytest.raises(AssetsError, match=Path(source).name):
            bundling.install(project, static)
        file.write_text(source_text, encoding="utf-8")
        assert assets.is_current(static, project)
    assert not [path for path in project.iterdir() if path.name.startswith(".static-")], "nothing is left behind"


@pytest.mark.usefixtures("_forgetful")
def test_missing_files_say_which_command_makes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "static_folder", lambda: tmp_path)
    assets.svg_icon.cache_clear()
    with pytest.raises(AssetsError, match=r"manifest\.json is missing: run `python -m scheduler\.web\.assets`"):
        assets.manifest()
    with pytest.raises(AssetsError, match=r"clock\.svg is missing: run `python -m scheduler\.web\.assets`"):
        assets.svg_icon("clock")


@pytest.mark.usefixtures("_forgetful")
def test_files_older_than_their_sources_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(assets.static_folder() / "bundles", tmp_path / "bundles")
    (tmp_path / assets.STAMP).write_text("made of something else", encoding="ascii")
    monkeypatch.setattr(assets, "static_folder", lambda: tmp_path)
    with pytest.raises(AssetsError, match=r"have changed since .*: run `python -m scheduler\.web\.assets`"):
        assets.manifest()


@pytest.mark.usefixtures("_forgetful")
def test_who_works_on_a_source_sees_it_with_the_next_page(monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter([False, True])
    monkeypatch.setattr(bundling, "install", lambda: next(made))
    first = assets.manifest()
    assets.follow_sources()
    assert assets.manifest() is first
    assets.follow_sources()
    assert assets.manifest() is not first


def test_packages_are_installed_once_and_those_of_tests_serve_for_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "package-lock.json").write_text("{}", encoding="utf-8")
    (tmp_path / "node_modules").mkdir()
    asked = []
    monkeypatch.setattr(bundling, "_npm_ci", lambda _project, *options: asked.append(options))
    monkeypatch.setattr(bundling, "is_current", lambda *_where: True)
    outcomes = [bundling.install(tmp_path, tmp_path, for_tests=for_tests) for for_tests in (False, False, True, False)]
    assert outcomes == [True, False, True, False]
    assert asked == [("--omit=dev",), ()]
    (tmp_path / "package-lock.json").write_text("{ }", encoding="utf-8")
    assert bundling.install(tmp_path, tmp_path), "another lock file asks for other packages"
