"""What schemathesis must not send: longer request lines than the server reads (8 KiB); their answer, 414, is that of HTTP, of no operation."""
from urllib.parse import urlencode

import schemathesis


@schemathesis.hook
def filter_case(context, case):
    length = len(urlencode(dict(case.query or {}), doseq=True)) + len(urlencode(dict(case.path_parameters or {})))
    return length < 7000
