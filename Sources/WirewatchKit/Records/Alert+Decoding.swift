internal import FoundationEssentials

extension Alert {
    /// Reads a `wirewatch.alert/1` object, as a log's line holds it. Unknown members are ignored.
    ///
    /// - Throws: ``RecordDecodingError`` saying what is wrong and where in the object.
    public init(json: [UInt8]) throws {
        let fields: AlertFields = try decodeRecord(json, "an alert record")
        guard fields.schema == nil || fields.schema == "wirewatch.alert/1" else {
            throw RecordDecodingError(description: "'schema' is not wirewatch.alert/1")
        }
        guard let time = PublicationDate(text: fields.time)?.timestamp else {
            throw RecordDecodingError(
                description: "'time' is \"\(fields.time.prefix(40))\", not an RFC 3339 time")
        }
        guard let severity = Severity(rawValue: fields.severity) else {
            throw RecordDecodingError(
                description: "'severity' is \"\(fields.severity.prefix(40))\", not one of "
                    + Severity.allCases.map(\.rawValue).joined(separator: ", "))
        }
        self.init(
            id: fields.id, time: time, severity: severity, rule: fields.rule, title: fields.title ?? "",
            url: fields.url, source: fields.source ?? "",
            published: fields.published.flatMap { PublicationDate(text: $0) },
            message: fields.message, story: fields.story,
            because: (fields.because ?? []).map(\.reason),
            metrics: (fields.metrics ?? []).compactMap(\.metric),
            topics: (fields.topics ?? []).map { Topic(id: $0.id, score: $0.score) },
            window: fields.window?.window, labels: fields.labels ?? [:], held: fields.held?.hold)
    }
}

extension DeadLetter {
    /// Reads a `wirewatch.dead_letter/1` object, as a log's line holds it. Unknown members are ignored.
    ///
    /// - Throws: ``RecordDecodingError`` saying what is wrong and where in the object.
    public init(json: [UInt8]) throws {
        let fields: DeadLetterFields = try decodeRecord(json, "a dead letter")
        guard let time = PublicationDate(text: fields.time)?.timestamp else {
            throw RecordDecodingError(
                description: "'time' is \"\(fields.time.prefix(40))\", not an RFC 3339 time")
        }
        self.init(
            id: fields.id, time: time, source: fields.source ?? "", url: fields.url,
            stage: fields.stage, error: fields.error, document: fields.document ?? "")
    }
}

private func decodeRecord<Fields: Decodable>(_ json: [UInt8], _ what: String) throws -> Fields {
    do {
        return try JSONDecoder().decode(Fields.self, from: Data(json))
    } catch let error as DecodingError {
        throw RecordDecodingError(error, what: what)
    }
}

private struct AlertFields: Decodable {
    var schema: String?
    var id, time, severity, rule, message: String
    var title, url, source, published, story: String?
    var because: [ReasonFields]?
    var metrics: [MetricFields]?
    var topics: [TopicFields]?
    var window: WindowFields?
    var labels: [String: String]?
    var held: HoldFields?
}

private struct HoldFields: Decodable {
    var by: String
    var reason: String?

    /// Nil for a cause that this version does not know.
    var hold: AlertHold? { AlertHold.Cause(rawValue: by).map { AlertHold(by: $0, reason: reason ?? "") } }
}

private struct WindowFields: Decodable {
    var kind: String
    var by, key, unit: String?
    var over, sum: Double?
    var from, to: String?
    var count: Int?

    /// Nil when its times make no sense.
    var window: AlertWindow? {
        guard let from = from.flatMap({ PublicationDate(text: $0) })?.timestamp,
            let to = to.flatMap({ PublicationDate(text: $0) })?.timestamp, let over, over >= 0, over < 1e12
        else { return nil }
        return AlertWindow(
            kind: kind, by: by, key: key, over: .milliseconds(Int64(over * 1000)), from: from, to: to,
            count: count ?? 0, sum: sum, unit: unit)
    }
}

private struct TopicFields: Decodable {
    var id: String
    var score: Double
}

private struct ReasonFields: Decodable {
    var condition: String
    var field: String?
    var start, end: Int?
    var text: String?

    var reason: AlertReason {
        AlertReason(condition: condition, span: span(field, start, end), text: text ?? "")
    }
}

private struct DeadLetterFields: Decodable {
    var id, time, stage, error: String
    var source, url, document: String?
}

private struct QuantityFields: Decodable {
    var value, low, high: Double?
    var unit: String?

    var amount: Amount? {
        if let value { return .value(value) }
        return low == nil && high == nil ? nil : .range(low: low, high: high)
    }

    var quantity: Quantity? { amount.map { Quantity($0, unit: unit ?? "") } }
}

private struct ChangeFields: Decodable {
    var direction: String?
    var from, to, by: QuantityFields?

    var change: Change {
        Change(
            direction: direction.flatMap { Change.Direction(rawValue: $0) }, from: from?.quantity,
            to: to?.quantity, by: by?.quantity)
    }
}

private struct SentenceFields: Decodable {
    var start, end: Int
}

private struct MetricFields: Decodable {
    var kind, field, surface, unit: String
    var start, end: Int
    var value, low, high: Double?
    var qualifier, per, timeframe, subject, entity, attribution, modality: String?
    var change: ChangeFields?
    var equivalents: [QuantityFields]?
    var confidence: Double?
    var sentence: SentenceFields?

    /// Nil when its span or amount makes no sense.
    var metric: Metric? {
        let quantity = QuantityFields(value: value, low: low, high: high, unit: unit)
        guard let amount = quantity.amount, let span = span(field, start, end) else { return nil }
        let whole = sentence.flatMap { $0.start >= 0 && $0.start <= $0.end ? $0.start..<$0.end : nil }
        return Metric(
            kind: kind, span: span, surface: surface, amount: amount, unit: unit,
            qualifier: qualifier.flatMap { Metric.Qualifier(rawValue: $0) }, change: change?.change,
            per: per, timeframe: timeframe, subject: subject, entity: entity,
            attribution: attribution, modality: modality.flatMap { Metric.Modality(rawValue: $0) },
            equivalents: (equivalents ?? []).compactMap(\.quantity), confidence: confidence ?? 1,
            sentence: whole ?? span.range)
    }
}

private func span(_ field: String?, _ start: Int?, _ end: Int?) -> TextSpan? {
    guard let field = field.flatMap({ TextField(name: $0) }), let start, let end, start >= 0,
        start <= end
    else { return nil }
    return TextSpan(field, start..<end)
}
