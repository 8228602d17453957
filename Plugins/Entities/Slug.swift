/// Ids made of names: `jane-doe`.
enum Slug {
    /// What an id would have to be; nil when it is right.
    static func correction(of id: String) -> String? {
        let slug = make(id)
        return slug == id ? nil : slug
    }

    /// Small ASCII letters and digits, joined by hyphens; letters beyond ASCII stay as they are.
    static func make(_ name: String) -> String {
        var bytes: [UInt8] = []
        var needsHyphen = false
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39, 0x61...0x7A, 0x80...: break
            case 0x41...0x5A: break
            // An apostrophe parts no words: `O'Brien`.
            case 0x27: continue
            default:
                needsHyphen = !bytes.isEmpty
                continue
            }
            if needsHyphen { bytes.append(0x2D) }
            needsHyphen = false
            bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
