import CWirewatchMalloc
import WirewatchCommand
import WirewatchStandardPlugins

// Threads come and go in the pool, and by default each has an arena of its own, whose free memory no other can use.
// Before the first thread is made; where this is not to be had, nothing but memory is lost.
_ = ww_set_arenas(2)

Wirewatch.main(plugins: standardPlugins)
