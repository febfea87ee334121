from livepages.styles.tailwind import Tailwind


def test_colours_stay_as_they_are_on_a_site_without_opacity_utilities() -> None:
    css = Tailwind().build(["bg-red-500", "text-red-500", "bg-red-500/50"]).growing
    assert ".bg-red-500{background-color:var(--color-red-500)}" in css
    assert "-opacity" not in css


def test_colours_heed_the_opacity_of_their_element() -> None:
    names = ["bg-red-500", "hover:bg-blue-500", "text-red-500", "border-red-500", "border-t-red-500", "ring-red-500"]
    css = Tailwind().build([*names, "bg-opacity-50", "text-blue-500/20"]).growing
    mixed = "color-mix(in oklab, var(--color-{}) var(--tw-{}-opacity, 100%), transparent)".replace(", ", ",")
    assert f".bg-red-500{{background-color:{mixed.format('red-500', 'bg')}}}" in css
    assert f".hover\\:bg-blue-500:hover{{background-color:{mixed.format('blue-500', 'bg')}}}" in css
    assert f".text-red-500{{color:{mixed.format('red-500', 'text')}}}" in css
    assert f".border-red-500{{border-color:{mixed.format('red-500', 'border')}}}" in css
    assert f".border-t-red-500{{border-top-color:{mixed.format('red-500', 'border')}}}" in css
    assert f".ring-red-500{{--tw-ring-color:{mixed.format('red-500', 'ring')}}}" in css
    assert '@property --tw-bg-opacity{syntax:"*";inherits:false;initial-value:100%}' in css
    assert "color:color-mix(in oklab,var(--color-blue-500) 20%,transparent)" in css


def test_base_is_left_alone() -> None:
    assert "-opacity" not in Tailwind().build(["bg-opacity-50"]).fixed
