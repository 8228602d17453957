import WirewatchCommand
import WirewatchStandardPlugins

Wirewatch.main(plugins: standardPlugins)
