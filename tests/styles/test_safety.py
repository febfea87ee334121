import pytest

from livepages.styles.safety import LONGEST, is_safe
from livepages.styles.tailwind import Tailwind

SAFE = """
m-2 -mx-px hover:bg-red-200 w-1/2 p-0.5 !flex flex! @container @sm/main:flex *:p-1 group-hover/a:flex from-5% bomb__x
bg-[url(/static/a.png)] bg-[url('/static/a_b.png')] bg-[url(/a\\_b.png)] [&_p]:m-1 [&>li:nth-child(2n+1)]:p-1
[.dark_&]:p-1 [&:is(a,b)]:m-1 [&[data-x='y']]:m-1 [@media(width>=600px)]:flex [@supports(display:grid)]:flex
content-['\\2014'] before:content-['a:]b'] grid-cols-[1fr_auto] w-[calc(100%-1rem)] [color:red] [mask-type:luminance]
data-[x=y]:flex group-[.on]:flex has-[:checked]:p-1 text-(--mine) grid-cols-[[full]_1fr] aspect-[16/9] text-[red]/50
"""
TO_ANOTHER_HOST = """
bg-[url(http://evil)] bg-[url(//evil)] bg-[url('//evil')] bg-[URL(https://evil)] [background:url(//evil)]
bg-[url('\\2f\\2f_evil')] bg-[url('h\\74tp:evil')] bg-[url('/\\9_/evil')] bg-[url('\\\\\\\\evil')]
bg-[url(\\\\\\\\evil)] bg-[u\\72l(//evil)] bg-[image-set('https:evil'_1x)] [--x:'//evil'] bg-(image:url(//evil))
bg-[url(/_/evil)] [src:url(//evil)] cursor-[url(https://evil/c.cur),auto] [@import_'//evil']:flex
"""
OUT_OF_ITS_RULE = """
[color:red;}body{display:none}] [color:red;background:blue] p-[1px}] [&_p{]:flex p-[1px/*] [&/*]:flex in-[/&]:flex
p-['] p-[(] p-[\\] p-[\\]] [&_'p]:flex bg-[url(a')'b)] bg-[url(a(b)] content-['</style>'] p-[)] [p-[(])]
data-a}b:flex data-a;b:flex data-a"b:flex data-a\\:flex aria-x'y:flex supports-a)b:flex data-x],body[y:flex
"""
BEYOND_ITS_ELEMENT = """
[&,body]:hidden [body,&]:hidden [:is(&,body)]:hidden [:not(&)]:hidden [body:has(&)]:hidden [body]:hidden
data-['[']:[&,body]:p-[']'] hover:[&,html]:p-1 [@font-face]:flex [@layer_x]:flex [@import_'x']:flex
"""


@pytest.mark.parametrize("name", SAFE.split())
def test_safe(name: str) -> None:
    assert is_safe(name)


@pytest.mark.parametrize("name", (TO_ANOTHER_HOST + OUT_OF_ITS_RULE + BEYOND_ITS_ELEMENT).split())
def test_unsafe(name: str) -> None:
    assert not is_safe(name)


@pytest.mark.parametrize("name", ["x" * (LONGEST + 1), "p-4\0", "p-4\n", "\ud800", "a\u2028b", "a\u202eb"])
def test_names_that_are_too_long_or_not_text(name: str) -> None:
    assert not is_safe(name)


def test_longest_name_is_safe() -> None:
    assert is_safe("x" * LONGEST)


def test_safe_names_with_brackets_are_what_tailwind_compiles() -> None:
    css = Tailwind(base=False).build(SAFE.split()).growing
    for part in ("url(/static/a.png)", "url('/static/a_b.png')", "> li:nth-child(2n+1)", "'\\2014'", "width>=600px"):
        assert part in css
