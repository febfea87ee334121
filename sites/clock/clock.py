import time


def tick(page):
    # What a handler needs, it names as a parameter: here the page. When it ends, the tabs are told what has changed.
    page["clock"].text = time.strftime("%a, %d %b %Y, %H:%M:%S")
