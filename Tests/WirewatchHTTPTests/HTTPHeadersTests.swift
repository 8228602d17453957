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
}
