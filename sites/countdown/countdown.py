import asyncio


async def count_down(page, element, params):
    # `element` is the button that was pressed. While it is not shown, nobody can start a second countdown.
    element.show = False
    stage = page["stage"]
    stage.clear()
    bomb = stage.append({"icon": "bomb", "classes": "inline-block text-5xl ml-1 mt-1"})
    number = stage.append(
        {
            "div": "",
            "classes": "text-center m-4 p-4 text-6xl text-red-600 bg-blue-500 faster",
            "animate": params.animation,
        }
    )
    for n in range(params.num, 0, -1):
        number.text = str(n)
        await page.update()  # show it now, not only when the handler ends; the animation plays again
        await asyncio.sleep(1)
    number.text, number.animate = "Boom!", "zoomIn"
    number.classes.merge("text-red-500 bg-white")  # in place of text-red-600 and bg-blue-500
    bomb.classes.add("text-red-700")
    element.show = True
