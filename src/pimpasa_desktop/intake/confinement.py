"""Bounds that a process sets for itself before it looks at something hostile: memory, time, files.

Linux counts by itself (setrlimit); on Windows a job object holds the process to its memory, and whoever started it
stops it when its time is over.
"""

import sys


def confine(memory_bytes_max: int, seconds_max: int) -> None:
    """From now on: no more memory than this, no longer than this, and no byte into any file."""
    if sys.platform == "win32":
        _into_a_job(memory_bytes_max)
    else:
        _limit(memory_bytes_max, seconds_max)


def _limit(memory_bytes_max: int, seconds_max: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    for what, bound in (
        (resource.RLIMIT_AS, memory_bytes_max),
        (resource.RLIMIT_CPU, seconds_max),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        within = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(what, (within, within))


def _into_a_job(memory_bytes_max: int) -> None:
    """Without a job the process goes on: its time is bounded from outside all the same."""
    if sys.platform != "win32":
        return
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", Basic),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    process_memory, one_process, extended_limits = 0x100, 0x8, 9
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    job = kernel.CreateJobObjectW(None, None)
    limits = Extended()
    limits.BasicLimitInformation.LimitFlags = process_memory | one_process
    limits.BasicLimitInformation.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = memory_bytes_max
    if job and kernel.SetInformationJobObject(job, extended_limits, ctypes.byref(limits), ctypes.sizeof(limits)):
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
