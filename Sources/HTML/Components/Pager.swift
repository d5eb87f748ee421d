/// The way through the pages of a list: first, previous, next, last.
public struct Pager: Sendable {
  /// What the pages are of, such as "Pages of my client applications".
  public var label: String
  /// The page that is shown, from 1.
  public var page: Int
  public var count: Int

  public init(label: String, page: Int, count: Int) {
    self.label = label
    self.page = page
    self.count = count
  }
}

/// A form that sets how many rows a page has.
public struct SizeForm: Sendable {
  public var action: LocalPath
  public var sizes: [Int]
  public var size: Int
  /// What the address holds besides: the handle of a search, the order.
  public var hidden: [(String, String)]

  public init(action: LocalPath, sizes: [Int] = [5, 10, 25, 50], size: Int, hidden: [(String, String)] = []) {
    self.action = action
    self.sizes = sizes
    self.size = size
    self.hidden = hidden
  }
}

extension Page {
  /// Writes the four ways; those that lead nowhere are plain signs that nobody hears. Nothing is written for a single page.
  public mutating func pager(_ pager: Pager, path: (Int) -> LocalPath) {
    guard pager.count > 1 else { return }
    raw("<nav class=\"pager\"")
    attribute("aria-label", pager.label)
    raw("><ul>")
    step("first", "&lt;&lt;", ("First page", "Première page"), to: pager.page > 1 ? path(1) : nil)
    step("prev", "&lt;", ("Previous page", "Page précédente"), to: pager.page > 1 ? path(pager.page - 1) : nil)
    step("next", "&gt;", ("Next page", "Page suivante"), to: pager.page < pager.count ? path(pager.page + 1) : nil)
    step("last", "&gt;&gt;", ("Last page", "Dernière page"), to: pager.page < pager.count ? path(pager.count) : nil)
    raw("</ul></nav>\n")
  }

  private mutating func step(_ relation: String, _ sign: Markup, _ name: (Markup, Markup), to path: LocalPath?) {
    if let path {
      raw("<li><a")
      attribute("rel", relation)
      attribute("href", path)
      raw(" aria-label=\"")
      raw(name.0, name.1)
      raw("\">")
      raw(sign)
      raw("</a></li>")
    } else {
      raw("<li><span class=\"off\" aria-hidden=\"true\">")
      raw(sign)
      raw("</span></li>")
    }
  }

  public mutating func sizeForm(_ form: SizeForm) {
    raw("<form class=\"size\" method=\"get\"")
    attribute("action", form.action)
    raw(">")
    for (name, value) in form.hidden { hidden(name, value) }
    raw("<label for=\"size\">")
    raw("Items per page", "Éléments par page")
    raw("</label><select id=\"size\" name=\"size\">")
    for size in form.sizes {
      raw("<option")
      attribute("value", String(size))
      if size == form.size { raw(" selected") }
      raw(">")
      number(size)
      raw("</option>")
    }
    raw("</select><button class=\"plain\">")
    raw("Show", "Afficher")
    raw("</button></form>\n")
  }
}
