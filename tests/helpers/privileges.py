"""Root to whom the permissions of files apply, as they do to everybody else."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

VERSION_3 = 0x20080522
OVERRIDING = 1 << 1 | 1 << 2 | 1 << 3  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
PR_GET_SECUREBITS, PR_SET_SECUREBITS = 27, 28
SECBIT_NOROOT = 1  # a program that root starts has no capabilities either


class Header(ctypes.Structure):
    """What ``capget`` and ``capset`` are about: pid 0 is the calling thread."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class Capabilities(ctypes.Structure):
    """The first or second 32 capabilities of a thread, as bits."""

    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@contextmanager
def permissions_applied() -> Iterator[None]:
    """Within it the permissions of files bind this thread and the programs it starts.

    Linux only. Raises OSError where root may not give up its capabilities.
    """
    system = ctypes.CDLL(None, use_errno=True)
    header, usual = Header(VERSION_3, 0), (Capabilities * 2)()
    _check(system.capget(ctypes.byref(header), usual))
    fewer = (Capabilities * 2).from_buffer_copy(usual)
    fewer[0].effective &= ~OVERRIDING
    bits = system.prctl(PR_GET_SECUREBITS)
    _check(system.prctl(PR_SET_SECUREBITS, ctypes.c_ulong(bits | SECBIT_NOROOT)))
    try:
        _check(system.capset(ctypes.byref(header), fewer))
        yield
    finally:
        _check(system.capset(ctypes.byref(header), usual))
        _check(system.prctl(PR_SET_SECUREBITS, ctypes.c_ulong(bits)))


def _check(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
