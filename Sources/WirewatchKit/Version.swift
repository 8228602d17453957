/// The version of wirewatch, as `wirewatch --version` prints it and requests over the network carry it.
public let wirewatchVersion = "0.1.0"
