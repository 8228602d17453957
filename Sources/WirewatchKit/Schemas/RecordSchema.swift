/// The JSON Schema (draft 2020-12) of a kind of record, as `wirewatch schema` prints it.
public struct RecordSchema: Sendable {
    /// What stands in the record's `schema` field: `wirewatch.article/1`.
    public let name: String
    public let kind: RecordKind
    /// The schema file's bytes, UTF-8.
    public let json: [UInt8]

    /// The schemas of all kinds of record, in their current version.
    public static var all: [RecordSchema] {
        [
            RecordSchema(name: "wirewatch.article/1", kind: .articles, json: PackageResources.article_1_schema_json),
            RecordSchema(name: "wirewatch.alert/1", kind: .alerts, json: PackageResources.alert_1_schema_json),
            RecordSchema(
                name: "wirewatch.dead_letter/1", kind: .deadLetters, json: PackageResources.dead_letter_1_schema_json),
        ]
    }

    /// The schema of this name; nil when there is none.
    public static func named(_ name: String) -> RecordSchema? { all.first { $0.name == name } }
}
