extension DateNames {
    /// The lower case of a letter of two UTF-8 bytes: Latin, Greek, Cyrillic.
    static func lower(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0xD7: scalar
        case 0xC0...0xDE, 0x391...0x3AB, 0x410...0x42F: scalar + 0x20
        case 0x178: 0xFF
        case 0x139...0x148, 0x179...0x17E: scalar + (scalar & 1)
        case 0x130: scalar
        case 0x100...0x137, 0x14A...0x177: scalar | 1
        case 0x386: 0x3AC
        case 0x388...0x38A: scalar + 0x25
        case 0x38C: 0x3CC
        case 0x38E, 0x38F: scalar + 0x3F
        case 0x400...0x40F: scalar + 0x50
        default: scalar
        }
    }
}
