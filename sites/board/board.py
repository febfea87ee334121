from datetime import datetime


def now():
    return datetime.now().isoformat(" ", "seconds")


def welcome(shared):
    # Elements made by handlers are written as in the YAML file. Any text is safe in them: it is shown as text.
    shared["messages"].append({"message": {"text": "Welcome to the simple message board!", "at": now()}})


def send_message(page, shared):
    box = page["message"]
    if box.value:
        shared["messages"].prepend({"message": {"text": box.value, "at": now()}})
        box.value = ""
