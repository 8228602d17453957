enum StarterConfiguration { static let text = "" }
