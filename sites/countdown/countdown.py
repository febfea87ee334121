import asyncio


async def count_down(page, element, params):
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
        await page.update()
        await asyncio.sleep(1)
    number.text, number.animate = "Boom!", "zoomIn"
    number.classes.merge("text-red-500 bg-white")
    bomb.classes.add("text-red-700")
    element.show = True
