"""Whether a folder is on another machine, where SQLite's write-ahead log must not be used."""

import os
import sys
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
NETWORK_TYPES = frozenset(
    (
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs", "gfs2", "lustre", "ncpfs", "nfs", "nfs4"),
        *("ocfs2", "smb3", "smbfs", "virtiofs"),
        *("fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.smbnetfs"),
    )
)
DRIVE_REMOTE = 4  # what Windows' GetDriveTypeW gives for a network drive


def is_network_folder(folder: Path, mounts: Path = MOUNTS) -> bool:
    """Whether ``folder`` is on a network file system, as far as the system tells (on macOS: never)."""
    if sys.platform == "win32":
        return _is_remote_drive(folder.resolve())
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    return _type(folder.resolve(), lines) in NETWORK_TYPES


def _type(folder: Path, lines: list[str]) -> str | None:
    """The type of the file system that ``folder`` is on; of two mounted at the same place the later one counts."""
    mounted = {Path(_unescaped(fields[1])): fields[2] for fields in map(str.split, lines) if len(fields) > 2}
    return next((mounted[place] for place in (folder, *folder.parents) if place in mounted), None)


def _unescaped(mount_point: str) -> str:
    for escape, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        mount_point = mount_point.replace(escape, character)
    return mount_point


def _is_remote_drive(folder: Path) -> bool:
    drive = os.path.splitdrive(folder)[0]
    if drive.startswith("\\\\"):
        return True
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - Windows alone has it, and type checkers know
    return bool(kernel.GetDriveTypeW(f"{drive}\\") == DRIVE_REMOTE)
