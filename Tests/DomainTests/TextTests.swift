import Foundation
import Schema
import Testing

@testable import Domain

@Suite("Text rules (domain.md S12)")
struct TextTests {
  private func clean(_ typed: String, limit: Int = 100, lines: CleanText.Lines = .one) -> Result<String, CleanText.Fault> {
    do { return .success(try CleanText.of(typed, limit: limit, lines: lines)) } catch { return .failure(error) }
  }

  private func scalars(_ result: Result<String, CleanText.Fault>) -> [UInt32] {
    (try? result.get())?.unicodeScalars.map(\.value) ?? []
  }

  @Test("A decomposed name is stored in NFC and counted in Characters")
  func composed() {
    #expect(scalars(clean("Zoe\u{308}")) == [0x5A, 0x6F, 0xEB])
    #expect(clean("Zoe\u{308}", limit: 3) == .success("Zoë"))
    #expect(scalars(clean("Nu\u{301}n\u{303}ez")) == "Núñez".unicodeScalars.map(\.value))
  }

  @Test("Bidi marks are dropped, wherever they stand")
  func bidiMarks() {
    #expect(scalars(clean("e\u{200E}\u{301}")) == [0xE9])
    #expect(scalars(clean("\u{200F}محمد\u{200E} بن")) == "محمد بن".unicodeScalars.map(\.value))
  }

  @Test(
    "Unpaired bidi controls are refused, paired ones stay",
    arguments: [
      ("a\u{202E}b", false), ("a\u{202C}", false), ("\u{2067}a\u{202C}", false), ("\u{2067}a\u{2069}b", true),
      ("\u{202B}\u{2068}a\u{2069}\u{202C}", true),
    ])
  func bidiControls(text: String, isAccepted: Bool) {
    #expect(((try? clean(text).get()) != nil) == isAccepted)
  }

  @Test(
    "Control characters are refused, line feeds only where lines are allowed",
    arguments: [
      "a\u{0}b", "a\tb", "a\u{7F}b", "a\u{85}b", "a\nb", "a\r\nb",
    ])
  func controls(text: String) { #expect(clean(text) == .failure(.forbiddenCharacter)) }

  @Test("A letter has line feeds, whatever line ends were typed")
  func lines() {
    #expect(scalars(clean("a\r\nb\rc\nd", lines: .several)) == "a\nb\nc\nd".unicodeScalars.map(\.value))
    #expect(clean("a\u{0}", lines: .several) == .failure(.forbiddenCharacter))
  }

  @Test("A text is trimmed before it is measured")
  func limits() {
    #expect(clean("  ab\u{A0}\n", limit: 2) == .success("ab"))
    #expect(clean(String(repeating: "é", count: 101)) == .failure(.tooLong))
    #expect(clean(" \u{200F} ") == .failure(.empty))
  }

  @Test("A text has at most four bytes for each Character of its limit, whatever marks one Character has")
  func bytes() {
    #expect(clean(String(repeating: "𠮷", count: 100)) != .failure(.tooLong))
    #expect(clean(String(repeating: "👨‍👩‍👧", count: 22)) != .failure(.tooLong))
    #expect(clean(String(repeating: "👨‍👩‍👧", count: 23)) == .failure(.tooLong))
    #expect(clean("a" + String(repeating: "\u{330}", count: 200_000)) == .failure(.tooLong))
  }

  @Test("Marks that show nothing and mean nothing are dropped", arguments: ["\u{FEFF}", "\u{AD}", "\u{2060}", "\u{200B}"])
  func meaningless(mark: String) {
    #expect(scalars(clean("\(mark)He\(mark)len\(mark)")) == "Helen".unicodeScalars.map(\.value))
    #expect(scalars(clean("e\(mark)\u{301}")) == [0xE9])
  }

  @Test("A joiner within a word stays: Persian and emoji need it")
  func joiners() {
    #expect(scalars(clean("می\u{200C}خواهم")).contains(0x200C))
    #expect(scalars(clean("👨‍👩‍👧")).contains(0x200D))
  }

  @Test(
    "A text of which nothing can be seen is empty",
    arguments: [
      "\u{200B}", "\u{FEFF}\u{2060}", "\u{200D}", " \u{200C} \u{200D}", "\u{3164}", "\u{115F}\u{1160}", "\u{2800}", "\u{FE0F}",
      "\u{E0041}", "\u{2067} \u{2069}", "\u{180E}", "\u{2061}", "\u{FFF9}",
    ])
  func invisible(text: String) {
    #expect(clean(text) == .failure(.empty))
    #expect(clean(text, lines: .several) == .failure(.empty))
  }

  @Test(
    "Separators of lines and paragraphs are line ends: refused in a name, line feeds in a letter",
    arguments: ["\u{2028}", "\u{2029}"])
  func lineSeparators(separator: String) {
    #expect(clean("a\(separator)b") == .failure(.forbiddenCharacter))
    #expect(clean("a\(separator)b", lines: .several) == .success("a\nb"))
    #expect(clean("\(separator)ab\(separator)") == .success("ab"))
  }

  @Test(
    "A name is found by the beginnings of its words, in any order",
    arguments: [
      ("Helen Incredible", "incred hel"), ("Patrick O’Brien", "o'br"), ("Patrick O’Brien", "obrien"),
      ("Zoë Núñez-O’Brien", "nunez o'brien"), ("Zoë Núñez-O'Brien", "NÚÑEZ"), ("Zoë Núñez-O'Brien", "zoe"),
      ("محمد بن عبد الله", "محمد"), ("محمد", "مح\u{640}مد"), ("Ḥasan", "hasan"), ("Suharto", "suharto"),
      ("Nguye\u{302}\u{303}n Thi\u{323} A\u{301}nh", "nguyen anh"), ("Ōno 大野", "大野"), ("Łukasz Đỗ", "lukasz do"),
      ("Straße Øre Œuvre Þór", "strasse ore oeuvre thor"), ("İbrahim Işık", "ibrahim isik"), ("한국", "하"),
      ("\u{FEFF}Helen", "helen"), ("He\u{AD}len", "helen"), ("\u{2060}Helen", "helen"), ("He\u{200B}len", "helen"),
      ("Helen", "\u{FEFF}hel\u{AD}en"), ("Helen\u{2028}Incredible", "incred"), ("می\u{200C}خواهم", "میخو"),
      ("Geneviève Côté-L’Écuyer", "ecuyer cote"), ("Helen Incredible", "  "), ("ΣΟΦΙΑΣ", "σοφιας"),
    ])
  func found(name: String, typed: String) {
    #expect(WordSearch(typed).matches(WordSearch.index(of: name)))
  }

  @Test(
    "A word that begins no word of the name finds nothing",
    arguments: [
      ("Helen Incredible", "credible"), ("Helen Incredible", "helen smith"), ("", "a"), ("Zoë", "zoek"),
    ])
  func notFound(name: String, typed: String) {
    #expect(!WordSearch(typed).matches(WordSearch.index(of: name)))
  }

  @Test("A French subject is found without accents, and by the word after an elision")
  func subjects() {
    let index = WordSearch.index(of: "Lettre d’instructions relatives à la biométrie")
    #expect(WordSearch("biometrie").matches(index) && WordSearch("instructions").matches(index))
  }

  @Test("Names sort by folded family name, then given names, then bytes")
  func sorting() {
    func key(_ family: String, _ given: String) -> NameSortKey {
      NameSortKey(.with { ($0.familyName, $0.givenNames) = (family, given) })
    }
    #expect(key("Ábel", "Zoe") < key("Abel", "Zoë") || key("Abel", "Zoë") < key("Ábel", "Zoe"))
    #expect(key("Éclair", "A") < key("Edam", "A") && key("edam", "A") < key("Edam", "B"))
    #expect(!(key("Edam", "A") < key("Edam", "A")))
  }

  @Test("A name is shown given name first; one name stands alone")
  func displayName() {
    #expect(PersonalName.with { ($0.familyName, $0.givenNames) = ("Incredible", "Helen") }.displayName == "Helen Incredible")
    #expect(PersonalName.with { $0.familyName = "Suharto" }.displayName == "Suharto")
  }

  @Test("An e-mail address keeps its local part as typed and lowers its domain")
  func email() { #expect(Formats.email("John.Doe@CICC.com") == "John.Doe@cicc.com") }

  @Test(
    "What is no e-mail address is refused",
    arguments: [
      "", "a", "a@", "@b.ca", "a@b", "a@b@c.ca", "a b@c.ca", "a@-b.ca", "a@b..ca", "a@b.ca.", "a@b\u{301}.ca",
      String(repeating: "a", count: 65) + "@b.ca", "a@" + String(repeating: "b.", count: 126) + "ca",
    ])
  func notEmail(text: String) { #expect(Formats.email(text) == nil) }

  @Test(
    "Telephone numbers are 10 digits, or a country code and 4 to 15 digits",
    arguments: [
      ("5143334545", true), ("+33 612345678", true), ("514 333 4545", false), ("514-333-4545", false),
      ("51433345450", false), ("+3361234", false), ("+ 6123", false), ("+1234 5678", false), ("٥١٤٣٣٣٤٥٤٥", false),
    ])
  func telephone(text: String, isRight: Bool) { #expect(Formats.isTelephone(text) == isRight) }

  @Test(
    "Fax numbers look like (###) ###-####",
    arguments: [
      ("(514) 333-4545", true), ("514 333-4545", false), ("(514)333-4545", false), ("(514) 333-454\u{301}5", false),
    ])
  func fax(text: String, isRight: Bool) { #expect(Formats.isFax(text) == isRight) }

  @Test("Paging is written as in the seed, and in French")
  func paging() {
    #expect(Labels.paging(first: 1, last: 3, total: 3) == Text("1 to 3 of 3", "1 à 3 sur 3"))
    #expect(Labels.paging(first: 0, last: 0, total: 0) == Text("0 of 0", "0 sur 0"))
  }

  @Test("every ASCII character is folded alike by the quick way and the general one")
  func quickFolding() {
    for code in UInt8(0)..<128 {
      let text = "aB\(Character(Unicode.Scalar(code)))Cd \(Character(Unicode.Scalar(code)))"
      #expect(TextFolding.words(of: text) == TextFolding.words(ofAny: text), "character \(code)")
    }
  }
}
