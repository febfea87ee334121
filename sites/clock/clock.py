import time


def tick(page):
    page["clock"].text = time.strftime("%a, %d %b %Y, %H:%M:%S")
