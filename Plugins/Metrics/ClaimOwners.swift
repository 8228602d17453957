import WirewatchKit

/// Which of an article's entities a claim is about: the one named last before it in its sentence, else the first
/// behind it, else the one that the title is about. People are left out: they tell of figures and seldom have them.
/// Needs the entities of a stage before this one.
struct ClaimOwners {
    /// In the field's order.
    private var mentions: [(range: Range<Int>, id: String)] = []
    /// The article's only subject that its title names.
    private var subject: String?

    init(_ article: Article, in field: TextField) {
        if article.entities.isEmpty { return }
        let owners = article.entities.filter { $0.type != "person" }
        for entity in owners {
            for mention in entity.mentions where mention.field == field { mentions.append((mention.range, entity.id)) }
        }
        mentions.sort {
            ($0.range.lowerBound, $1.range.upperBound, $0.id) < ($1.range.lowerBound, $0.range.upperBound, $1.id)
        }
        let named = owners.filter { $0.role == .subject && $0.mentions.contains { $0.field == .title } }
        if named.count == 1 { subject = named[0].id }
    }

    func owner(of metric: Metric) -> String? {
        if mentions.isEmpty { return subject }
        let sentence = metric.sentence
        // The first mention that begins in the sentence.
        var low = 0
        var high = mentions.count
        while low < high {
            let middle = (low + high) / 2
            if mentions[middle].range.lowerBound >= sentence.lowerBound { high = middle } else { low = middle + 1 }
        }
        var before: String?
        var k = low
        // A sentence has few names; the bound keeps hostile lists linear.
        while k < mentions.count, k < low + 64, mentions[k].range.upperBound <= sentence.upperBound {
            let mention = mentions[k]
            if mention.range.lowerBound >= metric.span.range.upperBound {
                return before ?? mention.id
            }
            if mention.range.upperBound <= metric.span.range.lowerBound {
                before = mention.id
            }
            k += 1
        }
        return before ?? subject
    }
}
