import WirewatchFeeds
import WirewatchKit

extension InputDocument {
    static func documents(file path: String) throws -> [(place: String, document: Result<InputDocument, any Error>)] {
        []
    }
    static func standardInput() throws -> [(place: String, document: Result<InputDocument, any Error>)] { [] }
}
