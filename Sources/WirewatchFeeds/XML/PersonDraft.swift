import WirewatchMarkup

/// A person in the making: Atom's parts, or RSS's one text.
struct PersonDraft {
    enum Role { case author, contributor, publisher }

    var role = Role.author
    var weight: Int8 = 6
    private var name: String?
    private var email: String?
    private var url: String?
    private var text = ""

    init(_ role: Role = .author, weight: Int8 = 6) {
        self.role = role
        self.weight = weight
    }

    /// Adds text that stands in the element itself, as RSS has it.
    mutating func append(_ part: String) {
        if text.utf8.count < 4096 { text += part }
    }

    /// Sets a part from its element's text.
    mutating func set(_ element: ElementName, _ text: String, base: String?) {
        guard !text.isEmpty else { return }
        switch element {
        case .name, .title: name = name ?? text
        case .email: email = email ?? text
        default: url = url ?? URLReference.resolve(text, base: base)
        }
    }

    /// Nil when nothing is known of the person.
    var person: FeedPerson? {
        guard name != nil || email != nil || url != nil else { return PersonText.person(text) }
        var person = name.flatMap(PersonText.person) ?? FeedPerson()
        if let email { person.email = email }
        person.url = url
        return person
    }
}
