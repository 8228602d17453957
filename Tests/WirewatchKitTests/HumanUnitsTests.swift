import Testing
import WirewatchKit

@Suite struct HumanUnitsTests {
    @Test(
        "sizes are read in every form",
        arguments: [
            ("16MiB", 16 << 20), ("1kib", 1024), ("2GiB", 2 << 30), ("10 kB", 10_000), ("512", 512), ("512B", 512),
            ("1.5GB", 1_500_000_000), ("1_000KiB", 1_024_000), ("64m", 64 << 20), ("3 MiB", 3 << 20),
            ("7tb", 7_000_000_000_000),
        ])
    func sizes(text: String, bytes: Int) {
        #expect(HumanUnits.size(text) == bytes)
    }

    @Test("what is no size is none", arguments: ["", "MiB", "1 MiB 2 KiB", "12xib", "1mibb", "-1KiB", "9999999999GiB"])
    func noSizes(text: String) {
        #expect(HumanUnits.size(text) == nil)
    }
}
