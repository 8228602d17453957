/// What kind of thing a watched name stands for.
enum EntityType: String, Sendable, Hashable, CaseIterable {
    case company, product, person, organisation, place, policy, event, standard

    var doc: String {
        switch self {
        case .company: "a firm, whoever owns it"
        case .product: "a product, service, model or brand"
        case .person: "a person; the surname alone counts after the full name"
        case .organisation: "a public body, association, university, laboratory or medium"
        case .place: "a country, region, city or site"
        case .policy: "a law, plan or programme"
        case .event: "a fair, conference or mission"
        case .standard: "a standard, protocol or instruction set"
        }
    }
}
