import pytest

from livepages.styles import icons, vendor


def test_drawing() -> None:
    width, height, path = icons.find("bomb")
    assert (width, height) == (576, 512)
    assert path.startswith("M") and path.endswith("z")


@pytest.mark.parametrize(
    ("name", "same_as"),
    [
        ("comments", "solid/comments"),
        ("fa-comments", "solid/comments"),
        ("fas fa-comments", "solid/comments"),
        ("fa-solid fa-comments", "solid/comments"),
        ("fa fa-comments fa-2x", "solid/comments"),
        ("fa-fw fa-comments", "solid/comments"),
        ("far fa-comments", "regular/comments"),
        ("comments-o", "regular/comments"),
        ("fa fa-comments-o", "regular/comments"),
        ("times", "solid/xmark"),
        ("home", "solid/house"),
        ("github", "brands/github"),
        ("fab fa-github", "brands/github"),
        ("github-square", "brands/square-github"),
        ("regular/star", "far fa-star"),
        ("solid/star-o", "solid/star"),
        ("paper-plane", "solid/paper-plane"),
        ("0", "solid/0"),
    ],
)
def test_names_people_use(name: str, same_as: str) -> None:
    assert icons.find(name) == icons.find(same_as)


def test_styles_differ() -> None:
    assert icons.find("regular/heart") != icons.find("solid/heart")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("coments", 'There is no icon "coments". Did you mean comments or comment or comment-sms?'),
        ("fas fa-bomv", 'There is no icon "fas fa-bomv". Did you mean bomb?'),
        ("regular/bomb", 'The icon "bomb" has no regular drawing. Did you mean solid/bomb?'),
        ("qqqqqqqq", 'There is no icon "qqqqqqqq".'),
        ("", 'There is no icon "".'),
        ("solid/", 'There is no icon "solid/".'),
        ("../../etc/passwd", 'There is no icon "../../etc/passwd".'),
        ("x" * 10_000, f'There is no icon "{"x" * 60}".'),
    ],
)
def test_unknown_icon(name: str, message: str) -> None:
    with pytest.raises(icons.UnknownIcon) as caught:
        icons.find(name)
    assert str(caught.value) == message
    assert caught.value.name == name


def test_names() -> None:
    names = icons.names()
    assert len(names) == 1992 and names == tuple(sorted(names))
    assert "comments" in names and "comments-o" not in names


def test_every_alias_leads_to_a_drawing() -> None:
    for alias in icons._table().aliases:
        assert icons.find(alias).path


def test_file_is_less_than_2_mib() -> None:
    assert len(vendor.path("fontawesome-free.json").read_bytes()) < 2 * 1024 * 1024
