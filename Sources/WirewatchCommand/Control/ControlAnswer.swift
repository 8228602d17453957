import WirewatchKit

/// The daemon's answer to a request other than `status`: whether it was done, and what is to be said of it.
struct ControlAnswer: Equatable {
    var isSuccess: Bool
    var message: String

    init(isSuccess: Bool, message: String) {
        self.isSuccess = isSuccess
        self.message = message
    }

    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("ok")
        writer.bool(isSuccess)
        writer.member("message", message)
        writer.endObject()
        writer.endLine()
        return writer.take()
    }

    /// Reads what ``json`` writes; anything else counts as a failure that says so.
    init(json: [UInt8]) {
        guard let value = JSONValue(json), case .bool(let isSuccess)? = value["ok"] else {
            self.init(isSuccess: false, message: "the daemon's answer makes no sense; is it of another version?")
            return
        }
        self.init(isSuccess: isSuccess, message: value["message"]?.text ?? "")
    }
}
