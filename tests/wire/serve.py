"""Runs llama.cpp's server until standard input ends, which it also does when the parent dies.

``python serve.py FILE NAME SLOTS CONTEXT KEY`` prints its address once it listens.
"""

from __future__ import annotations

import sys

import xllamacpp


def main(file: str, name: str, slots: str, context: str, key: str) -> None:
    """Serve the GGUF ``file`` as the model ``name``, with ``context`` tokens for each slot."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = file
    parameters.model_alias = {name}
    parameters.n_parallel = int(slots)
    parameters.n_ctx = int(slots) * int(context)
    parameters.api_keys = [key]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0  # any that is free
    parameters.warmup = False
    # More threads would mostly wait for each other, because the model is too small.
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
