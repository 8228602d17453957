import Glibc
import WirewatchFeeds
import WirewatchKit

/// Why an input is no document.
struct InputError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A document given on the command line or on standard input.
struct InputDocument {
    var document: Document
    /// What takes the place of the source's name.
    var source: String
    /// The id that the record keeps; nil when the input names none.
    var id: String?
}
