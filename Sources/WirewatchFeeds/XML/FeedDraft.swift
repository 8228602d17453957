import WirewatchKit

/// A feed, an item or a source in the making: for each field the best that was said so far.
struct FeedDraft {
    /// The fields that feeds, items and sources have in common.
    var item = FeedItem()
    var info: FeedText?
    var generator: FeedGenerator?
    var icon: String?
    var logo: String?
    var documentation: String?
    /// A `guid` that is the item's page.
    var permalink: String?
    /// Atom's and iTunes' `summary` and `subtitle`, which stand beside RSS's `description`.
    var subtitle: FeedText?
    var latitude: Double?
    var longitude: Double?
    /// Pictures by how much they count: see ``setImage(_:weight:)``.
    private(set) var image: FeedImage?

    /// By ``FeedField``; -1 for what was not set.
    private var weights = InlineArray<48, Int8>(repeating: -1)
    private var imageWeight: Int8 = -1
    private static let listLimit = 1000

    /// Whether a value of this weight is better than what is there; if so, it is taken to be set.
    ///
    /// - Parameter orEqual: whether of two equals the later one counts.
    mutating func takes(_ field: FeedField, _ weight: Int8, orEqual: Bool = false) -> Bool {
        let index = Int(field.rawValue)
        guard weight > weights[index] || (orEqual && weight == weights[index]) else { return false }
        weights[index] = weight
        return true
    }

    func has(_ field: FeedField, _ weight: Int8) -> Bool { weights[Int(field.rawValue)] >= weight }

    mutating func setURL(_ url: String, weight: Int8) {
        if !url.isEmpty, takes(.link, weight) { item.url = url }
    }

    /// - Parameter weight: 6 for what the feed calls its picture, less for what may serve as one.
    mutating func setImage(_ image: FeedImage, weight: Int8) {
        guard weight > imageWeight, !image.url.isEmpty || image.title != nil else { return }
        self.image = image
        imageWeight = weight
    }

    /// Authors of one vocabulary add up; a better vocabulary takes the place of a lesser one.
    mutating func addAuthor(_ person: FeedPerson, weight: Int8) {
        let index = Int(FeedField.author.rawValue)
        guard weight >= weights[index] else { return }
        if weight > weights[index] { item.authors = [] }
        weights[index] = weight
        if item.authors.count < Self.listLimit, !item.authors.contains(person) { item.authors.append(person) }
    }

    mutating func addContributor(_ person: FeedPerson) {
        if item.contributors.count < Self.listLimit { item.contributors.append(person) }
    }

    mutating func addTag(_ tag: FeedTag) {
        // Looking for doubles among hundreds would be quadratic, and nobody tags so much in earnest.
        guard !tag.term.isEmpty, item.tags.count < 200, !item.tags.contains(where: { $0.term == tag.term }) else {
            return
        }
        // Of tags there are mostly a few, so that growing one by one would allocate three times.
        if item.tags.isEmpty { item.tags.reserveCapacity(4) }
        item.tags.append(tag)
    }

    mutating func addLink(_ link: FeedLink) {
        if item.links.count < Self.listLimit { item.links.append(link) }
    }

    mutating func addEnclosure(_ enclosure: FeedEnclosure) {
        if item.enclosures.count < Self.listLimit { item.enclosures.append(enclosure) }
    }

    mutating func addMedia(_ media: FeedMedia) {
        if item.media.count < Self.listLimit { item.media.append(media) }
    }

    mutating func addThumbnail(_ image: FeedImage) {
        if item.thumbnails.count < Self.listLimit { item.thumbnails.append(image) }
    }

    mutating func editPodcast(_ change: (inout FeedPodcast) -> Void) {
        var podcast = item.podcast ?? FeedPodcast()
        change(&podcast)
        item.podcast = podcast
    }
}
