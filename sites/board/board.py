from datetime import datetime


def now():
    return datetime.now().isoformat(" ", "seconds")


def welcome(shared):
    shared["messages"].append({"message": {"text": "Welcome to the simple message board!", "at": now()}})


def send_message(page, shared):
    box = page["message"]
    if box.value:
        shared["messages"].prepend({"message": {"text": box.value, "at": now()}})
        box.value = ""
