"""What can be done about files."""

from callback_lens.errors import Message
from callback_lens.ui.actions.action import Action, Menu

FILE = Menu(
    "file",
    Message("&File"),
    (
        Action(
            "open",
            Message("&Open…"),
            Message("Open callbacks: XML, JSON, archives, saved HTTP messages"),
            "Ctrl+O",
            "commands.open_files",
            "open",
        ),
        Action(
            "open-folder",
            Message("Open &folder…"),
            Message("Open every callback in a folder"),
            "Ctrl+Shift+O",
            "commands.open_folder",
            "folder",
        ),
        Action(
            "paste",
            Message("&Paste callback"),
            Message("Open the text or the files of the clipboard"),
            "Ctrl+V",
            "commands.paste",
            "paste",
        ),
        Menu("recent", Message("Op&en recent"), ()),
        None,
        Action(
            "reload", Message("&Reload"), Message("Read the file of this row again"), "F5", "commands.reload", "reload"
        ),
        Action("close", Message("&Close"), Message("Take the selected rows off the list"), "Ctrl+W", "commands.close"),
        Action(
            "close-all",
            Message("Close &all"),
            Message("Take all rows off the list"),
            "Ctrl+Shift+W",
            "commands.close_all",
        ),
        None,
        Action("quit", Message("&Quit"), Message("Leave Callback Lens"), "Ctrl+Q", "close", "quit"),
    ),
)
