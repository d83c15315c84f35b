#!/usr/bin/env python3
"""libparaph from Python, with nothing but ctypes: checks files, prints what is found.

    python3 paraph_ctypes.py letter.txt        (PARAPH_LIBRARY names another library)

Structures are those of paraph.h, field by field; those of paraph_finding behind `text` are not
asked for here, so that a finding is taken as bytes of at least its size."""
import ctypes
import os
import sys

lib = ctypes.CDLL(os.environ.get("PARAPH_LIBRARY", "libparaph.so.0"))
POINTER = ctypes.c_void_p


class Text(ctypes.Structure):
    _fields_ = [("p", POINTER), ("n", ctypes.c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.p, self.n).decode("utf-8") if self.n else ""


class Finding(ctypes.Structure):
    _fields_ = [("rule", ctypes.c_char_p), ("severity", ctypes.c_int), ("fix", ctypes.c_int),
                ("message", Text), ("start", ctypes.c_size_t), ("end", ctypes.c_size_t),
                ("line", ctypes.c_uint32), ("column", ctypes.c_uint32),
                ("end_line", ctypes.c_uint32), ("end_column", ctypes.c_uint32),
                ("text", Text), ("rest", ctypes.c_char * 512)]


def declare(name, result, *arguments):
    function = getattr(lib, name)
    function.restype, function.argtypes = result, arguments
    return function


engine_open = declare("paraph_engine_open", ctypes.c_int, ctypes.POINTER(POINTER), POINTER,
                      ctypes.c_char_p, ctypes.c_size_t)
engine_close = declare("paraph_engine_close", None, POINTER)
session_open = declare("paraph_session_open", ctypes.c_int, ctypes.POINTER(POINTER), POINTER)
session_close = declare("paraph_session_close", None, POINTER)
session_message = declare("paraph_session_message", ctypes.c_char_p, POINTER)
check_file = declare("paraph_check_file", ctypes.c_int, POINTER, ctypes.c_char_p,
                     ctypes.POINTER(POINTER))
result_count = declare("paraph_result_count", ctypes.c_size_t, POINTER)
result_finding = declare("paraph_result_finding", Finding, POINTER, ctypes.c_size_t)
result_suggestion = declare("paraph_result_suggestion", Text, POINTER, ctypes.c_size_t,
                            ctypes.c_size_t)
result_free = declare("paraph_result_free", None, POINTER)


def main(paths):
    engine, session, message = POINTER(), POINTER(), ctypes.create_string_buffer(512)
    if engine_open(ctypes.byref(engine), None, message, len(message)) != 0:
        sys.exit(message.value.decode())
    if session_open(ctypes.byref(session), engine) != 0:
        sys.exit("out of memory")
    for path in paths:
        result = POINTER()
        if check_file(session, os.fsencode(path), ctypes.byref(result)) != 0:
            print(session_message(session).decode(), file=sys.stderr)
            continue
        for i in range(result_count(result)):
            f = result_finding(result, i)
            print("%s:%d:%d: %s [%s]" % (path, f.line, f.column, f.message, f.rule.decode()))
        result_free(result)
    session_close(session)
    engine_close(engine)


main(sys.argv[1:])
