import WirewatchAlert
import WirewatchClassify
import WirewatchConsole
import WirewatchDedupe
import WirewatchFiles
import WirewatchJSONLog
public import WirewatchKit

/// The plugins that ship with wirewatch, in the order in which help lists them.
public let standardPlugins: [Plugin] = [
    // Sources.
    .files,
    // Stages, in the order in which a pipeline usually has them.
    .classify, .dedupe, .alert,
    // Sinks.
    .jsonLog, .console,
]
