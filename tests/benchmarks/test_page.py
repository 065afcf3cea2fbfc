"""The page of benchmarks says what was measured."""

from xml.etree import ElementTree

from tests.benchmarks.contenders import Effort, Outcome
from tests.benchmarks.curves import picture
from tests.benchmarks.measured import Measured
from tests.benchmarks.page import Trial, of_trial

SVG = "{http://www.w3.org/2000/svg}"
CURVE = [(2.0, 900), (9.0, 700), (70.0, 640)]


def test_a_row_names_the_best_total_at_10_30_60_and_120_seconds() -> None:
    planner = Measured(Outcome(CURVE, bound=608, total=640, placed=7), 120.4)
    page = of_trial(Trial("town", 8, Effort(120, 2), {"plain model": Measured(Outcome(), 50), "planner": planner}))
    assert "| planner | 900 after 2.0 s | 700 | 700 | 700 | 640 | 640 | 7 | 608 | 5.0% | 120 MiB |" in page
    assert "| plain model | none | – | – | – | – | – | 0 | – |  | 50 MiB |" in page


def test_the_picture_draws_a_step_for_each_better_plan() -> None:
    root = ElementTree.fromstring(picture("town", {"planner": CURVE, "plain model": []}, 608, 120))  # noqa: S314 - ours
    texts = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert {"planner 640", "bound 608"} <= texts and not any("plain" in text for text in texts)
    thick = [path.get("d") or "" for path in root.iter(f"{SVG}path") if path.get("stroke-width") == "2"]
    assert [line.count("V") for line in thick] == [2]
