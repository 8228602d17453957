import Testing
import WirewatchKit
import WirewatchTesting

@testable import WirewatchFiles

struct FileSelectionTests {
    @Test("mistakes in globs are mistakes of the configuration")
    func reported() {
        #expect(throws: RefusedOptions.self) { try filesOptions("/x", [("include", ["*.txt", "[a"])]) }
    }

    @Test(
        "a content type that means nothing is a mistake of the configuration", arguments: ["html", "application/pdf"])
    func contentType(_ type: String) {
        #expect(throws: RefusedOptions.self) { try filesOptions("/x", [("content_type", .string(type))]) }
    }

    @Test("a declared type decides whether files are followed")
    func follows() throws {
        #expect(try FileSelection(filesOptions("/x", [("content_type", "application/x-ndjson")])).follows("a.log"))
        #expect(try !FileSelection(filesOptions("/x", [("content_type", "text/html")])).follows("a.jsonl"))
        #expect(try FileSelection(filesOptions("/x")).follows("a.JSONL"))
    }

    @Test(
        "unfinished and hidden files are left out whatever is included",
        arguments: [".a.txt", "a.txt~", "a.txt.tmp", "a.part", ".a.swp", "x/.b.txt"])
    func leftOut(_ path: String) throws {
        let selection = FileSelection(try filesOptions("/x", [("include", "*")]))
        #expect(!selection.takes(path))
        #expect(selection.takes("x/a.txt"))
    }

    @Test("an excluded folder is not entered")
    func folders() throws {
        let selection = FileSelection(try filesOptions("/x", [("exclude", ["drafts", "old/**"])]))
        #expect(!selection.enters("drafts"))
        #expect(!selection.enters("a/drafts"))
        #expect(!selection.enters("old/x"))
        #expect(!selection.enters(".git"))
        #expect(selection.enters("new"))
    }
}
