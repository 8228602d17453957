internal import WirewatchKit

/// A condition that is no combination of others.
protocol LeafCondition: Sendable {
    func holds(_ facts: Facts) -> Bool
    /// Adds why a condition that holds does so.
    func collect(_ facts: Facts, into found: inout Findings)
    func explanation(_ facts: Facts) -> Explanation
    /// What must occur in every article for which the condition holds: of each clause at least one atom.
    var clauses: [[Atom]] { get }
}

/// Something that occurs in an article or does not, by which rules are found.
enum Atom: Hashable, Sendable {
    /// Index of a term of the rule set.
    case term(Int)
    /// Index of a pattern of the rule set.
    case pattern(Int)
    case topic(String)
    /// A metric of the kind.
    case metric(String)
    case anyMetric
    /// An entity's id or name in lower case.
    case entity(String)
    case anyEntity
    case source(String)
    /// In lower case, as are languages.
    case site(String)
    case language(String)
    /// Reduced to its words.
    case tag(String)
    case story
}
