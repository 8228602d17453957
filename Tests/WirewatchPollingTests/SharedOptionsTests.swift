import Testing
import WirewatchHTTP
import WirewatchKit
import WirewatchPolling
import WirewatchTesting

@Suite struct SharedOptionsTests {
    private func connection(_ literal: OptionLiteral, _ scope: OptionScope = OptionScope()) -> ConnectionOptions {
        ConnectionOptions(
            OptionReader(literal.value, specs: ConnectionOptions.specs(of: "list"), diagnostics: .init(), scope: scope))
    }

    @Test("a source that sets nothing has the defaults, and may say whether its server is its own")
    func plain() {
        for isOwn in [false, true] {
            let plain = connection(["allow_private_addresses": .bool(isOwn), "every": "15m"])
            #expect(plain.limits == HTTPLimits())
            #expect(plain.userAgent == nil && plain.proxy == nil && plain.headers.isEmpty)
            #expect(plain.allowsPrivateAddresses == isOwn)
        }
    }

    @Test("sources of one configuration have what they set themselves, in whatever order they come")
    func own() {
        let scope = OptionScope()
        let texts = (0..<20).map { "bot/\($0 % 10)" }
        let all = texts.map { connection(["user_agent": .string($0), "timeout": "10s"], scope) }
        #expect(all.map(\.userAgent) == texts)
        #expect(all.allSatisfy { $0.limits.total == .seconds(10) && !$0.allowsPrivateAddresses })
        #expect(connection(["user_agent": "bot/19", "headers": ["A": "b"]], scope).headers.map(\.name) == ["A"])
    }

    @Test("equal objects of one type become one, as long as there are few others between them")
    func alike() {
        final class Box {
            let number: Int
            init(_ number: Int) { self.number = number }
        }
        let scope = OptionScope()
        func alike(_ number: Int) -> Box { scope.alike(Box(number)) { $0.number == $1.number } }
        let first = alike(1)
        #expect(alike(1) === first)
        #expect(alike(2) !== first)
        for number in 3...20 { #expect(alike(number).number == number) }
        #expect(alike(1).number == 1)
    }

    @Test("what a source reports is shown as it was told, empty values and whatever letters too")
    func figures() {
        let report = SourceReport()
        #expect(report.figures.isEmpty)
        let told = [("polls", "12"), ("empty", ""), ("moved_to", "https://press.example/\u{E4}"), ("lines", "a\nb")]
        report.update(told)
        #expect(report.figures.map(\.name) == told.map(\.0))
        #expect(report.figures.map(\.value) == told.map(\.1))
        report.update([])
        #expect(report.figures.isEmpty)
    }
}
