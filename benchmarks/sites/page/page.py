def count_up(page):
    count = page["count"]
    count.text = str(int(count.text) + 1)
