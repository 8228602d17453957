import WirewatchKit
import WirewatchMarkup

/// Persons, pictures, sources, schedules and the small values of the modules.
extension XMLFeedReader {
    mutating func finishPerson() {
        guard let done = person.person else { return }
        let draft = person
        edit { target in
            switch draft.role {
            case .author: target.addAuthor(done, weight: draft.weight)
            case .contributor: target.addContributor(done)
            case .publisher: if target.takes(.publisher, draft.weight) { target.item.publisher = done }
            }
        }
    }

    mutating func finishImage() {
        if image.url.isEmpty { image.url = PlainText.collapsed(looseText) }
        guard !image.url.isEmpty || image.title != nil else { return }
        var done = image
        done.url = URLReference.resolve(done.url, base: base)
        // The channel's own picture, else the podcast's.
        let weight: Int8 = namespace(stack[stack.count - 1].name) == .itunes ? 5 : 6
        edit { $0.setImage(done, weight: weight) }
    }

    mutating func finishSource() {
        isInSource = false
        var source = sourceDraft.finishSource(url: sourceURL)
        if source.title.isEmpty { source.title = PlainText.line(looseText) }
        if itemDraft.item.source == nil { itemDraft.item.source = source }
    }

    mutating func setImagePart(_ isHTML: Bool) {
        let text = isHTML ? string : PlainText.collapsed(string)
        guard !text.isEmpty else { return }
        switch partName {
        case .url: image.url = text
        case .title: image.title = text
        case .link: image.link = URLReference.resolve(text, base: base)
        case .width: image.width = Int(text)
        case .height: image.height = Int(text)
        default: image.description = text
        }
    }

    mutating func setTextInputPart(_ isHTML: Bool) {
        let text = isHTML ? string : PlainText.collapsed(string)
        guard !text.isEmpty else { return }
        switch partName {
        case .title: textInput.title = text
        case .name: textInput.name = text
        case .link: textInput.link = URLReference.resolve(text, base: base)
        default: textInput.description = text
        }
    }

    mutating func setSchedule(_ field: FeedField) {
        let text = PlainText.collapsed(string).lowercased()
        switch field {
        case .ttl: if let minutes = Int(text), minutes >= 0 { feed.schedule.ttlMinutes = minutes }
        case .updatePeriod: feed.schedule.updatePeriod = FeedSchedule.Period(rawValue: text)
        case .updateFrequency: if let count = Int(text), count > 0 { feed.schedule.updateFrequency = count }
        case .skipHour:
            // Netscape counted to 24, Userland from 0.
            guard let hour = Int(text), (0...24).contains(hour), !feed.schedule.skipHours.contains(hour % 24) else {
                return
            }
            feed.schedule.skipHours.append(hour % 24)
            feed.schedule.skipHours.sort()
        default:
            guard let day = FeedSchedule.Weekday(rawValue: text), !feed.schedule.skipDays.contains(day) else { return }
            feed.schedule.skipDays.append(day)
            feed.schedule.skipDays.sort()
        }
    }

    mutating func setModule(_ field: FeedField) {
        let text = PlainText.collapsed(string)
        let lower = text.lowercased()
        edit { draft in
            switch field {
            case .commentCount: draft.item.commentCount = Int(text)
            // Apple: anything but `yes` has no effect.
            case .blocked: draft.editPodcast { $0.isBlocked = lower == "yes" }
            case .explicit:
                let isExplicit: Bool? =
                    switch lower {
                    case "yes", "true", "explicit": true
                    case "no", "false", "clean": false
                    default: nil
                    }
                draft.editPodcast { $0.isExplicit = isExplicit }
            case .duration: draft.editPodcast { $0.duration = Self.seconds(text) }
            case .episode: draft.editPodcast { $0.episode = Int(text) }
            case .season: draft.editPodcast { $0.season = Int(text) }
            case .kind: draft.editPodcast { $0.kind = lower }
            case .complete: draft.editPodcast { $0.isComplete = lower == "yes" || lower == "true" }
            case .place:
                let numbers = text.split { $0 == " " || $0 == "," }.compactMap { Double($0) }
                if numbers.count == 2 { (draft.latitude, draft.longitude) = (numbers[0], numbers[1]) }
            case .latitude: draft.latitude = Double(text)
            case .longitude: draft.longitude = Double(text)
            default: break
            }
        }
    }

    /// `3723`, `62:03`, `1:02:03` as seconds.
    static func seconds(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 3 else { return nil }
        var total = 0
        for part in parts {
            guard let number = Int(part.prefix { $0 != "." }), (0...1_000_000).contains(number) else { return nil }
            total = total * 60 + number
        }
        return total
    }
}
