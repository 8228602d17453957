import Testing
import WirewatchHTTP

@Suite struct HTTPHeadersTests {
    @Test func `fields are found whatever the case of their names, repeated ones are kept in order`() {
        let headers = HTTPHeaders([("ETag", " \"a\" "), ("Link", "one"), ("LINK", "two"), ("X-Empty", "")])
        #expect(headers["etag"] == "\"a\"")
        #expect(headers.all("link") == ["one", "two"])
        #expect(headers["x-empty"] == "")
        #expect(headers["missing"] == nil)
        #expect(headers.list.map(\.name) == ["ETag", "Link", "LINK", "X-Empty"])
    }

    @Test func `a block of lines is read whatever their ends, folded lines are joined, other lines left out`() {
        let block = "A: 1\r\nno field\n:empty name\nB:  two \r\n\t words \r\n \nC:\r\n"
        let headers = HTTPHeaders(block: Array((" lone fold\n" + block).utf8))
        #expect(headers.list.map(\.name) == ["A", "B", "C"])
        let words = headers["b"]?.split(separator: " ").map(String.init)
        #expect(words == ["two", "words"] || words == ["two", "\t", "words"])
        #expect(headers["c"] == "")
        #expect(HTTPHeaders(block: [0xFF, 0x3A, 0xFE]).isEmpty)
        #expect(HTTPHeaders(block: [0x41, 0x20, 0x3A, 0xFE])["a"] == "\u{FFFD}")
    }
}
