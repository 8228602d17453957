/// The JSON Schemas (2020-12) of the records, by which a reader of the logs can rely on them.
///
/// Members may be added within a version, never renamed or removed; so readers ignore members that they do not know.
enum RecordSchema {
    static let article = document(
        "wirewatch.article/1", "An article with what the pipeline found in it.",
        """
              "source": {"type": "string", "description": "The configured name of the source."},
              "url": \(text),
              "canonical_url": \(text),
              "title": {"type": "string"},
              "subtitle": \(text),
              "authors": {"type": "array", "items": {"type": "string"}},
              "published": \(date),
              "modified": \(date),
              "received": {"type": "string", "format": "date-time"},
              "site": \(text),
              "section": \(text),
              "language": {"type": ["string", "null"], "description": "BCP 47."},
              "tags": {"type": "array", "items": {"type": "string"}},
              "captions": {"type": "array", "items": {
                "type": "object", "required": ["text", "credit"],
                "properties": {"text": {"type": "string"}, "credit": \(text)}}},
              "body": {"type": "string", "description": "Paragraphs separated by a blank line."},
              "subheadings": {"type": "array", "items": {"$ref": "#/$defs/range"}},
              "editors_note": \(text),
              "page_kind": {"type": ["string", "null"], "description": "What the page is: article, paywall_stub, video, index, not_found, consent_wall, login_wall, blocked, needs_script."},
              "page_evidence": {"type": "array", "items": {"type": "string"}, "description": "What told page_kind."},
              "origins": {"type": "object", "additionalProperties": {"type": "string"}, "description": "Where each field was read."},
              "topics": {"type": "array", "items": {
                "allOf": [{"$ref": "#/$defs/topic"}],
                "required": ["evidence"],
                "properties": {"evidence": {"type": "array", "items": {
                  "allOf": [{"$ref": "#/$defs/span"}],
                  "required": ["term"], "properties": {"term": {"type": "string"}}}}}}},
              "entities": {"type": "array", "items": {
                "type": "object", "required": ["id", "name", "type", "role", "score", "mentions"],
                "properties": {
                  "id": {"type": "string"}, "name": {"type": "string"}, "type": {"type": "string"},
                  "role": {"enum": ["subject", "mention"]},
                  "score": {"type": "number", "minimum": 0, "maximum": 1},
                  "mentions": {"type": "array", "items": {"$ref": "#/$defs/span"}}}}},
              "metrics": {"type": "array", "items": {"$ref": "#/$defs/metric"}},
              "story": {"type": ["object", "null"], "required": ["id", "sources", "first_seen"], "properties": {
                "id": {"type": "string"}, "sources": {"type": "integer"},
                "first_seen": {"type": "string", "format": "date-time"},
                "changed": {"type": "array", "items": {"type": "object", "required": ["kind"], "properties": {
                  "kind": {"type": "string"}, "metric": {"type": "integer"}, "before": {"type": "number"}}}}}},
              "alerts": {"type": "array", "items": {"type": "string"}, "description": "The ids of the alerts raised."}
        """,
        required: [
            "source", "url", "title", "authors", "published", "received", "tags", "captions", "body", "subheadings",
            "topics", "entities", "metrics", "story", "alerts",
        ])

    static let alert = document(
        "wirewatch.alert/1", "What a rule raised for an article, with the reasons.",
        """
              "time": {"type": "string", "format": "date-time", "description": "When the article arrived."},
              "severity": {"enum": ["info", "low", "medium", "high", "critical"]},
              "rule": {"type": "string"},
              "title": {"type": "string"},
              "url": \(text),
              "source": {"type": "string"},
              "published": \(date),
              "message": {"type": "string"},
              "story": \(text),
              "because": {"type": "array", "items": {
                "type": "object", "required": ["condition", "field", "text"],
                "properties": {
                  "condition": {"type": "string"},
                  "field": {"type": ["string", "null"], "description": "Null for a condition that is not on text."},
                  "start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 0},
                  "text": {"type": "string"}}}},
              "metrics": {"type": "array", "items": {"$ref": "#/$defs/metric"}},
              "topics": {"type": "array", "items": {"$ref": "#/$defs/topic"}},
              "window": {"type": ["object", "null"]},
              "labels": {"type": "object", "additionalProperties": {"type": "string"}}
        """,
        required: ["time", "severity", "rule", "title", "url", "source", "published", "message", "because"])

    static let deadLetter = document(
        "wirewatch.dead_letter/1", "A document that could not be processed, kept with the reason.",
        """
              "time": {"type": "string", "format": "date-time"},
              "source": {"type": "string"},
              "url": \(text),
              "stage": {"type": "string", "description": "The component that failed."},
              "error": {"type": "string"},
              "document": {"type": "string", "description": "Its text, or where it is kept."}
        """,
        required: ["time", "source", "stage", "error", "document"])

    private static let text = #"{"type": ["string", "null"]}"#
    private static let date = """
        {"type": ["string", "null"], "description": "RFC 3339, or its prefix with the precision that is known."}
        """

    private static func document(
        _ name: String, _ description: String, _ properties: String, required: [String]
    ) -> String {
        let names = (["schema", "id"] + required).map { "\"\($0)\"" }.joined(separator: ", ")
        return """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "title": "\(name)",
              "description": "\(description)",
              "type": "object",
              "required": [\(names)],
              "properties": {
                "schema": {"const": "\(name)"},
                "id": {"type": "string", "description": "Deterministic; unique within the kind."},
                "seq": {"type": "integer", "minimum": 1, "description": "The record's number in its log."},
            \(properties)
              },
              "$defs": \(definitions)
            }

            """
    }

    private static let definitions = """
        {
            "range": {"type": "object", "required": ["start", "end"], "properties": {
              "start": {"type": "integer", "minimum": 0, "description": "UTF-8 byte offset."},
              "end": {"type": "integer", "minimum": 0, "description": "UTF-8 byte offset, exclusive."}}},
            "span": {"allOf": [{"$ref": "#/$defs/range"}], "required": ["field"], "properties": {
              "field": {"type": "string", "description": "title, subtitle, body, captions[0].text, tags[0], ..."}}},
            "topic": {"type": "object", "required": ["id", "score"], "properties": {
              "id": {"type": "string"}, "score": {"type": "number", "minimum": 0, "maximum": 1}}},
            "quantity": {"type": ["object", "null"], "properties": {
              "value": {"type": ["number", "null"]}, "low": {"type": ["number", "null"]},
              "high": {"type": ["number", "null"]}, "unit": {"type": "string"}}},
            "metric": {"allOf": [{"$ref": "#/$defs/span"}],
              "required": ["kind", "surface", "unit", "confidence", "sentence"], "properties": {
              "kind": {"type": "string"}, "surface": {"type": "string", "description": "The claim as written."},
              "value": {"type": ["number", "null"]}, "low": {"type": ["number", "null"]},
              "high": {"type": ["number", "null"]},
              "unit": {"type": "string", "description": "%, ISO 4217, UCUM, or the singular noun counted."},
              "qualifier": {"enum": ["about", "over", "up_to", "under", "nearly", "estimated", null]},
              "change": {"type": ["object", "null"], "properties": {
                "direction": {"enum": ["up", "down", null]}, "from": {"$ref": "#/$defs/quantity"},
                "to": {"$ref": "#/$defs/quantity"}, "by": {"$ref": "#/$defs/quantity"}}},
              "per": {"type": ["string", "null"]}, "timeframe": {"type": ["string", "null"]},
              "subject": {"type": ["string", "null"]}, "entity": {"type": ["string", "null"]},
              "attribution": {"type": ["string", "null"], "description": "Who says so, as written."},
              "modality": {"enum": ["negated", "possible", "expected", "planned", null]},
              "equivalents": {"type": "array", "items": {"$ref": "#/$defs/quantity"}},
              "confidence": {"type": "number", "minimum": 0, "maximum": 1},
              "sentence": {"$ref": "#/$defs/range"}}}
          }
        """
}
