import pytest

from livepages.styles import animations


def test_names() -> None:
    assert len(animations.names()) == 97
    assert {"flip", "bounceIn", "zoomIn", "hinge"} <= set(animations.names())


def test_css_is_cut_to_what_is_asked_for() -> None:
    css = animations.css(["flip", "bounceIn", "flip"])
    assert css.count("@keyframes") == 2
    assert ".animate__flip{backface-visibility:visible;animation-name:animate__flip}" in css
    assert ".animate__bounceIn{animation-duration:.75s;" in css and "animation-name:animate__bounceIn}" in css
    assert len(css) < 4000


def test_css_of_no_animations_is_empty() -> None:
    assert animations.css([]) == ""


def test_shared_rules() -> None:
    css = animations.css(["flip"])
    assert ".animate__animated{animation-duration:1s;" in css
    assert ".animate__animated:is(.animate__faster,.faster){animation-duration:.5s;" in css
    assert ".animate__animated:is(.animate__slower,.slower){animation-duration:3s;" in css
    assert ".animate__animated.animate__infinite{" in css and ".animate__animated.animate__delay-5s{" in css
    assert "@media (prefers-reduced-motion:reduce),print{.animate__animated{animation-duration:1ms!important;" in css


def test_keyframes_do_not_take_tailwinds_names() -> None:
    assert "@keyframes animate__bounce{" in animations.css(["bounce"])
    assert "@keyframes bounce" not in animations.css(["bounce"])


@pytest.mark.parametrize("name", animations.names())
def test_every_animation_has_keyframes_and_a_rule(name: str) -> None:
    css = animations.css([name])
    assert f"@keyframes animate__{name}{{" in css
    assert f"animation-name:animate__{name}" in css
    assert css.count("{") == css.count("}")


def test_unknown_animation() -> None:
    with pytest.raises(animations.UnknownAnimation) as caught:
        animations.css(["flip", "bouncein"])
    assert str(caught.value) == 'There is no animation "bouncein". Did you mean bounceIn or bounce or bounceInUp?'
