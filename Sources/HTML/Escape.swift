/// Escaping on bytes of UTF-8. In UTF-8 a byte below 0x80 is never part of another character: what a parser reads as a
/// sign of HTML is found whatever stands around it.
enum Escape {
  /// What a text has that cannot be copied as it is.
  struct Kinds: OptionSet {
    let rawValue: UInt8
    static let sign = Kinds(rawValue: 1)
    static let control = Kinds(rawValue: 2)
    static let rightToLeft = Kinds(rawValue: 4)
    static let direction = Kinds(rawValue: 8)
  }

  /// One pass over the bytes, without a copy. `direction` is only looked for by `append`.
  static func survey(_ value: String) -> Kinds {
    let span = value.utf8.span
    var kinds: Kinds = []
    for index in span.indices { kinds.formUnion(kind(at: index, in: span)) }
    return kinds
  }

  private static func kind(at index: Int, in span: Span<UInt8>) -> Kinds {
    let byte = span[index]
    switch byte {
    case 0x22, 0x26, 0x27, 0x3C, 0x3E: return .sign
    case 0x09, 0x0A: return []
    case 0..<0x20, 0x7F: return .control
    case ..<0xC2: return []
    case 0xC2: return next(index, span) < 0xA0 ? .control : []
    // Hebrew begins in D6 90, then Arabic, Syriac, Thaana, NKo …; U+0800–U+08FF; presentation forms; the right-to-left planes.
    case 0xD6: return next(index, span) >= 0x90 ? .rightToLeft : []
    case 0xD7...0xDF: return .rightToLeft
    case 0xE0: return (0xA0...0xA3).contains(next(index, span)) ? .rightToLeft : []
    case 0xE2: return isDirection(index, span) ? .direction : []
    case 0xEF: return isPresentation(index, span) ? .rightToLeft : []
    case 0xF0: return next(index, span) == 0x90 || next(index, span) == 0x9E ? .rightToLeft : []
    default: return []
    }
  }

  private static func next(_ index: Int, _ span: Span<UInt8>) -> UInt8 { index + 1 < span.count ? span[index + 1] : 0 }

  /// U+FB1D–U+FDFF and U+FE70–U+FEFC: forms of Hebrew and Arabic letters.
  private static func isPresentation(_ index: Int, _ span: Span<UInt8>) -> Bool {
    let third = index + 2 < span.count ? span[index + 2] : 0
    switch next(index, span) {
    case 0xAC: return third >= 0x9D
    case 0xAD...0xB7, 0xBA: return true
    case 0xB9: return third >= 0xB0
    case 0xBB: return third <= 0xBC
    default: return false
    }
  }

  /// U+202A–U+202E and U+2066–U+2069: the signs that embed, override and isolate.
  private static func isDirection(_ index: Int, _ span: Span<UInt8>) -> Bool {
    guard index + 2 < span.count else { return false }
    return span[index + 1] == 0x80 && (0xAA...0xAE).contains(span[index + 2])
      || span[index + 1] == 0x81 && (0xA6...0xA9).contains(span[index + 2])
  }

  static func append(_ value: String, to bytes: inout [UInt8], keepingDirection: Bool) {
    let span = value.utf8.span
    var index = 0
    while index < span.count {
      let byte = span[index]
      let kind = kind(at: index, in: span)
      if kind == .sign {
        bytes.append(contentsOf: entity(of: byte))
      } else if byte == 0x0D {
        // A parser makes a line feed of a bare carriage return, but not of its number.
        bytes.append(contentsOf: "&#13;".utf8)
      } else if kind == .control {
        bytes.append(contentsOf: "\u{FFFD}".utf8)
        if byte == 0xC2 { index += 1 }
      } else if kind == .direction, !keepingDirection {
        bytes.append(contentsOf: "\u{FFFD}".utf8)
        index += 2
      } else {
        bytes.append(byte)
      }
      index += 1
    }
  }

  private static func entity(of byte: UInt8) -> String.UTF8View {
    switch byte {
    case 0x22: "&quot;".utf8
    case 0x26: "&amp;".utf8
    case 0x27: "&#39;".utf8
    case 0x3C: "&lt;".utf8
    default: "&gt;".utf8
    }
  }
}
