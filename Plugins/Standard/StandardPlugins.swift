import WirewatchAlert
import WirewatchAlertFeed
import WirewatchAlertmanager
import WirewatchClassify
import WirewatchConsole
import WirewatchDedupe
import WirewatchEmail
import WirewatchEntities
import WirewatchExec
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
import WirewatchWebhook

/// The plugins that ship with wirewatch, in the order in which help lists them.
public let standardPlugins: [Plugin] = [
    // Sources.
    .files, .feed, .sitemap, .page, .httpIntake,
    // Stages, in the order in which a pipeline usually has them.
    .extract, .classify, .entities, .metrics, .dedupe, .story, .alert, .noiseControl,
    // Sinks.
    .jsonLog, .console, .webhook, .alertmanager, .email, .exec, .alertFeed,
]
