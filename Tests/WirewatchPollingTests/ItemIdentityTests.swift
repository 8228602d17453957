import Testing
import WirewatchPolling

@Suite("Identities of items")
struct ItemIdentityTests {
    /// They stand in the states of all installations: SHA-256 of each part behind its length in eight bytes, little-endian.
    @Test func `digests and keys are the same in every version`() {
        #expect(
            ItemIdentity.digest(title: "A title", text: "Its text, na\u{EF}ve") == "66cea81e8aea994ed0a9d9d572f2d3c9")
        #expect(ItemIdentity.digest(title: "", text: "") == "374708fff7719dd5979ec875d56cd228")
        #expect(ItemIdentity.key(of: "https://example.org/a") == 0xAD9F_3BE9_5A8F_147A)
        #expect(ItemIdentity("guid:1", content: "").key == 0x0F4B_33FA_40C6_2EC4)
    }
}
