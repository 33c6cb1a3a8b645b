from pathlib import Path

import pytest
from callback_lens.store.file_systems import is_network_folder

pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="Windows knows drives, and has no table of mounts")
MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//server/share /mnt/my\040share cifs rw 0 0
user@server: /mnt/ssh fuse.sshfs rw 0 0
/dev/sdc1 /mnt/over ext4 rw 0 0
server:/over /mnt/over nfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/", False),
        ("/var/lib", False),
        ("/homework", False),
        ("/home/me/.local/share", True),
        ("/home/local/me", False),
        ("/mnt/my share/profile", True),
        ("/mnt/ssh", True),
        ("/mnt/over/deep", True),
    ],
)
def test_the_nearest_mount_counts(tmp_path: Path, folder: str, expected: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS, encoding="utf-8")
    assert is_network_folder(Path(folder), mounts) is expected


def test_without_a_table_of_mounts_it_is_local(tmp_path: Path) -> None:
    assert not is_network_folder(tmp_path, tmp_path / "missing")


def test_the_folder_of_tests_is_local(tmp_path: Path) -> None:
    assert not is_network_folder(tmp_path)
