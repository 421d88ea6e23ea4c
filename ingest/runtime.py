"""onnxruntime with its telemetry off. Everything in Pincite that runs a graph takes onnxruntime from here.

Recent official builds collect and upload events by default, and keep a device id in the user's cache folder. Only this variable, set before
the library is loaded, keeps that from starting; the library's own ``disable_telemetry_events`` comes too late.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

__all__ = ["onnxruntime"]
