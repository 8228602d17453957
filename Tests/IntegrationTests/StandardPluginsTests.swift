import Testing
import WirewatchConfig
import WirewatchStandardPlugins

@Suite("The standard plugins")
struct StandardPluginsTests {
    @Test(
        "Each declares its options as the configuration needs them: documented, with defaults that pass their own type")
    func audit() { #expect(PluginAudit.problems(standardPlugins) == []) }
}
