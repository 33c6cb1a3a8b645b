"""What can be done about captures, and the listener that takes them."""

from callback_lens.errors import Message
from callback_lens.ui.actions.action import Action, Menu

NOTIFICATIONS = (
    ("all", Message("Of &every callback"), Message("The system tells of every callback while no window is active")),
    ("failed", Message("Of &failed jobs"), Message("The system tells of failed jobs while no window is active")),
    ("off", Message("&Never"), Message("The system tells of nothing, and there is no icon in its tray")),
)


def _notifications() -> tuple[Action, ...]:
    return tuple(
        Action(
            f"notify-{value}",
            text,
            tooltip,
            f"Ctrl+N, {number}",
            "live.notify_of",
            argument=value,
            choice="notifies",
        )
        for number, (value, text, tooltip) in enumerate(NOTIFICATIONS, 1)
    )


CAPTURES = Menu(
    "captures",
    Message("&Captures"),
    (
        Action(
            "listen",
            Message("&Start or stop listening"),
            Message("Take callbacks over HTTP, or no longer"),
            "Ctrl+Shift+L",
            "live.bar.toggle",
            "listen",
        ),
        Action(
            "copy-address",
            Message("Copy &address"),
            Message("Copy the address that takes callbacks, with its token"),
            "Ctrl+Shift+A",
            "live.bar.copy_address",
            "copy",
        ),
        Action(
            "listen-settings",
            Message("Listening se&ttings…"),
            Message("Port, token, answers, forwarding and limits"),
            "Ctrl+,",
            "live.bar.show_settings",
            "settings",
        ),
        Action(
            "public-address",
            Message("Pu&blic address…"),
            Message("What to do when CI cannot reach this computer"),
            "Ctrl+Shift+U",
            "live.bar.show_reach",
            "globe",
        ),
        Menu("send-sample", Message("Send sa&mple"), ()),
        None,
        Action(
            "follow",
            Message("&Follow the newest"),
            Message("Show each capture as it comes, until you choose another or scroll"),
            "Ctrl+Shift+N",
            "entries.toggle_follow",
            "follow",
        ),
        Action(
            "pin",
            Message("&Pin"),
            Message("Never remove the selected captures, or no longer"),
            "Ctrl+B",
            "entries.pin_selected",
            "pin",
        ),
        Action(
            "note",
            Message("N&ote…"),
            Message("Write something on the selected captures"),
            "Ctrl+E",
            "entries.note_selected",
            "note",
        ),
        Action(
            "replay",
            Message("&Replay…"),
            Message("Send the selected captures to an address"),
            "Ctrl+R",
            "entries.want_replay",
            "external",
        ),
        Action(
            "export-captures",
            Message("E&xport…"),
            Message("Write the selected captures into a folder"),
            "Ctrl+Shift+E",
            "live.export_selected",
            "save",
        ),
        Action(
            "delete",
            Message("&Delete"),
            Message("Delete the selected captures"),
            "Ctrl+Backspace",
            "entries.delete_selected",
        ),
        Action(
            "undo-delete",
            Message("&Undo deleting"),
            Message("Have the captures back that were deleted last"),
            "Ctrl+Z",
            "entries.undo_delete",
        ),
        None,
        Menu("notifications", Message("&Notifications"), _notifications()),
    ),
)
