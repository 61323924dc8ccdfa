"""A walked body in the words of the tests."""

BASE64 = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
)
PNG = f"data:image/png;base64,{BASE64}"


def texts(walked):
    """Text by place."""
    return {segment.pointer: segment.text for segment in walked.segments}


def hidden(walked):
    """Kind by place of what cannot be scanned; a place may have several."""
    return {(opaque.pointer, opaque.kind) for opaque in walked.opaque}
