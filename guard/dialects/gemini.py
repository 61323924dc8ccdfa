"""Gemini's own API, at generativelanguage.googleapis.com and on Vertex AI.

Source: https://ai.google.dev/api/generate-content, https://ai.google.dev/api/embeddings and
https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference. JSON of protocol
buffers: every field may be written in camel or in snake case (https://protobuf.dev/programming-guides/json/).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from guard.dialects.json_schema import SCHEMA
from guard.dialects.leaves import (
    ADDRESS,
    FREE,
    MODEL,
    NUMBER,
    SIGNED,
    TEXT,
    WORD,
    Bytes,
    Repeats,
    State,
    each,
)
from guard.dialects.shapes import Either, Entries, Items, Object, Shape

_HUMP = re.compile(r"(?<=[a-z0-9])[A-Z]")


def _message(fields: Mapping[str, Shape]) -> Object:
    """A message whose fields may be spelled in both ways."""
    snake = {_HUMP.sub(lambda m: f"_{m[0].lower()}", name): shape for name, shape in fields.items()}
    return Object({**snake, **fields})


_BLOB = _message({"mimeType": WORD, "data": Bytes("file"), "displayName": TEXT})
_FILE = _message({"mimeType": WORD, "fileUri": ADDRESS, "displayName": TEXT})
_PART = _message(
    {
        "text": TEXT, "thought": NUMBER, "thoughtSignature": SIGNED, "inlineData": _BLOB,
        "fileData": _FILE,
        "functionCall": _message({"id": WORD, "name": WORD, "args": FREE}),
        "functionResponse": _message({
            **each(WORD, "id name scheduling"), "response": FREE, "willContinue": NUMBER,
            "parts": FREE,
        }),
        "executableCode": _message({"language": WORD, "code": TEXT}),
        "codeExecutionResult": _message({"outcome": WORD, "output": TEXT}),
        "videoMetadata": _message({**each(WORD, "startOffset endOffset"), "fps": NUMBER}),
        "mediaResolution": Either(string=WORD, members=Object({"level": WORD})),
        "partMetadata": FREE,
    }
)  # fmt: skip
# A list of one may be written without its brackets.
_PARTS = Either(array=Items(_PART), members=_PART)
_CONTENT = Either(string=TEXT, members=_message({"role": WORD, "parts": _PARTS}))
_CONTENTS = Either(array=Items(_CONTENT), members=_CONTENT)
_DECLARED = _message(
    {
        "name": WORD, "description": TEXT, "behavior": WORD,
        **each(SCHEMA, "parameters parametersJsonSchema response responseJsonSchema"),
    }
)  # fmt: skip
_LATLNG = Object(each(TEXT, "latitude longitude"))
_TOOLS = Items(
    _message(
        {
            "functionDeclarations": Items(_DECLARED),
            **each(FREE, "googleSearch codeExecution urlContext computerUse googleMaps"
                         " googleSearchRetrieval enterpriseWebSearch"),
        }
    )
)  # fmt: skip
_SETTINGS = _message(
    {
        "functionCallingConfig": _message({"mode": WORD, "allowedFunctionNames": Items(WORD)}),
        "retrievalConfig": _message({"latLng": _LATLNG, "languageCode": WORD}),
    }
)
_SAFETY = Items(_message(each(WORD, "category threshold method")))
_GENERATION = _message(
    {
        **each(NUMBER, "temperature topP topK candidateCount maxOutputTokens presencePenalty"
                       " frequencyPenalty seed responseLogprobs logprobs enableEnhancedCivicAnswers"
                       " audioTimestamp enableAffectiveDialog"),
        "stopSequences": Items(TEXT), **each(WORD, "responseMimeType mediaResolution"),
        "responseModalities": Items(WORD), **each(SCHEMA, "responseSchema responseJsonSchema"),
        "thinkingConfig": _message({
            **each(NUMBER, "includeThoughts thinkingBudget"), "thinkingLevel": WORD,
        }),
        "imageConfig": _message(each(WORD, "aspectRatio imageSize personGeneration")),
        "speechConfig": FREE,
    }
)  # fmt: skip
_ASKED: dict[str, Shape] = {
    "contents": _CONTENTS, "systemInstruction": _CONTENT, "tools": _TOOLS,
    "toolConfig": _SETTINGS, "safetySettings": _SAFETY, "generationConfig": _GENERATION,
    "cachedContent": State("cached_content"), "labels": Entries(TEXT), "model": MODEL,
    "store": NUMBER,
}  # fmt: skip
REQUEST = _message(_ASKED)

_CITATIONS = Repeats(
    "content",
    _message(
        {
            **dict.fromkeys(
                ("citationSources", "citations"),
                Items(_message({
                    **each(NUMBER, "startIndex endIndex"), **each(TEXT, "uri license title"),
                    "publicationDate": FREE,
                })),
            )
        }
    ),
)  # fmt: skip
_CANDIDATE = _message(
    {
        "content": _CONTENT, **each(WORD, "finishReason"), "finishMessage": TEXT,
        **each(NUMBER, "index tokenCount avgLogprobs"), "safetyRatings": FREE,
        "citationMetadata": _CITATIONS, "logprobsResult": Repeats("content"),
        **each(Repeats("content", FREE), "groundingMetadata groundingAttributions"),
        "urlContextMetadata": FREE, "urlRetrievalMetadata": FREE,
    }
)  # fmt: skip
_USAGE = FREE
_ERROR = Object({"code": NUMBER, "message": TEXT, "status": WORD, "details": FREE})
_FAILED: dict[str, Shape] = {"error": _ERROR}
_ANSWER = _message(
    {
        **_FAILED, "candidates": Items(_CANDIDATE), "promptFeedback": FREE,
        "usageMetadata": _USAGE, "modelVersion": MODEL, **each(WORD, "responseId createTime"),
        "modelStatus": FREE,
    }
)  # fmt: skip
ANSWER = Either(members=_ANSWER, array=Items(_ANSWER))

COUNT = _message({**_ASKED, "generateContentRequest": REQUEST, "instances": FREE})
COUNTED = _message(
    {
        **_FAILED, **each(NUMBER, "totalTokens cachedContentTokenCount totalBillableCharacters"),
        **each(FREE, "promptTokensDetails cacheTokensDetails"),
    }
)  # fmt: skip

_EMBEDDED: dict[str, Shape] = {
    "content": _CONTENT, "taskType": WORD, "title": TEXT, "model": MODEL,
    "outputDimensionality": NUMBER, "autoTruncate": NUMBER, "embedContentConfig": FREE,
}  # fmt: skip
_VECTOR = Object({"values": Items(NUMBER), "statistics": FREE, "shape": Items(NUMBER)})
EMBEDDING = _message({**_EMBEDDED, "requests": Items(_message(_EMBEDDED))})
EMBEDDED = _message(
    {**_FAILED, "embedding": _VECTOR, "embeddings": Items(_VECTOR), "usageMetadata": _USAGE}
)
