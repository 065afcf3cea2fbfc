"""Names on maps keep clear of each other, on a wide map and on the same map in a phone."""

from hypothesis import given, strategies as st

from scheduler.maps.label_placement import PHONE_SCALE, Captions

WIDTH, HEIGHT = 1000, 700


def test_a_crowd_has_all_its_names_on_a_wide_map_and_those_that_fit_on_a_phone() -> None:
    # Above, below and beside one mark there is room for four names.
    captions = Captions(WIDTH, HEIGHT, [(500, 300)])
    captioned = [captions.place(f"社区{number}", 500, 300) for number in range(9)]
    assert len({(caption.wide.x, caption.wide.y, caption.wide.anchor) for caption in captioned[:4]}) == 4
    assert all(caption.wide.scale == 1 for caption in captioned)
    assert [caption.phone is not None for caption in captioned] == [True] * 4 + [False] * 5
    assert all(caption.phone.scale == PHONE_SCALE for caption in captioned if caption.phone)


@given(st.lists(st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT)), min_size=1, max_size=12))
def test_names_on_a_phone_stay_within_the_map_and_apart(marks: list[tuple[float, float]]) -> None:
    captions = Captions(WIDTH, HEIGHT, marks)
    boxes = []
    for x, y in marks:
        label = captions.place("社区", x, y).phone
        if label is not None:
            # Two letters of 16 units, drawn from the base line upwards.
            left = (label.x - {"start": 0, "middle": 16, "end": 32}[label.anchor]) * label.scale
            boxes.append((left, (label.y - 14) * label.scale, left + 32 * label.scale, label.y * label.scale))
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert min(left, top) >= 0 and right <= WIDTH and bottom <= HEIGHT
        for other in boxes[:number]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
