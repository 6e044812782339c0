"""The description of every route, for people and for tools that probe the server. Kept by hand, because it is small."""

from typing import Any

from pimpasa_desktop import __version__
from pimpasa_desktop.sync.protocol.carriage import (
    BLOBS_PATH,
    ENROL_PATH,
    EXCHANGE_PATH,
    MEDIA_TYPE,
    REFUSAL_FIELD,
    REFUSAL_MEDIA_TYPE,
)

_BYTES = {"schema": {"type": "string", "format": "binary"}}
_REFUSAL = {
    "description": "Declined; the sentence is for the person at the laptop.",
    "content": {REFUSAL_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Refusal"}}},
}


def _answers(media_type: str, content: dict[str, Any], *refusals: int) -> dict[str, Any]:
    good = {"description": "Answered.", "content": {media_type: content}}
    return {"200": good} | {str(status): _REFUSAL for status in refusals} | {"default": _REFUSAL}


def _post(summary: str) -> dict[str, Any]:
    return {
        "post": {
            "summary": summary,
            "requestBody": {"required": True, "content": {MEDIA_TYPE: _BYTES}},
            "responses": _answers(MEDIA_TYPE, _BYTES, 400, 401, 403, 408, 413, 415, 426, 500, 503),
        }
    }


def _get(summary: str, media_type: str, kind: str) -> dict[str, Any]:
    return {"get": {"summary": summary, "responses": _answers(media_type, {"schema": {"type": kind}}, 500, 503)}}


DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "PIMPASA office", "version": __version__},
    "paths": {
        EXCHANGE_PATH: _post("One round: a laptop's operations in, outcomes and changes out."),
        ENROL_PATH: _post("A one-time enrolment code in, a device's credentials out."),
        BLOBS_PATH: _post("A part of a photo in or out, and how much of some photos the office holds."),
        "/": _get("What this is, in plain words.", "text/plain", "string"),
        "/health": _get("Whether requests are being answered.", "text/plain", "string"),
        "/openapi.json": _get("This document.", "application/json", "object"),
    },
    "components": {
        "schemas": {
            "Refusal": {
                "type": "object",
                "properties": {REFUSAL_FIELD: {"type": "string"}},
                "required": [REFUSAL_FIELD],
                "additionalProperties": False,
            }
        }
    },
}
