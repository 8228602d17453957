import WirewatchAlert
import WirewatchClassify
import WirewatchConsole
import WirewatchDedupe
import WirewatchEntities
import WirewatchExtract
import WirewatchFeed
import WirewatchFiles
import WirewatchHTTPIntake
import WirewatchJSONLog
public import WirewatchKit
import WirewatchMetrics
import WirewatchNoiseControl
import WirewatchPage
import WirewatchSitemap
import WirewatchStory

/// The plugins that ship with wirewatch, in the order in which help lists them.
public let standardPlugins: [Plugin] = [
    // Sources.
    .files, .feed, .sitemap, .page, .httpIntake,
    // Stages, in the order in which a pipeline usually has them.
    .extract, .classify, .entities, .metrics, .dedupe, .story, .alert, .noiseControl,
    // Sinks.
    .jsonLog, .console,
]
