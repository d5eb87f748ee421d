import HTML

/// The files that pages refer to: compiled in, kept plain and compressed, and named by content, so that they may be kept
/// for ever.
struct Assets: Sendable {
  private struct Kept: Sendable {
    let contentType: String
    let plain: [UInt8]
    let compressed: [UInt8]
  }

  private let byPath: [String: Kept]

  init(_ assets: [Asset]) {
    byPath = Dictionary(
      uniqueKeysWithValues: assets.map { asset in
        (asset.path.text, Kept(contentType: asset.contentType, plain: asset.bytes, compressed: Gzip.compressed(asset.bytes)))
      })
  }

  /// - Parameter encodings: the header `Accept-Encoding`.
  func answer(_ path: String, encodings: String?) -> Answer? {
    guard let asset = byPath[path] else { return nil }
    let takesGzip = (encodings ?? "").split(separator: ",").contains {
      HeaderValue($0.trimmed).value == "gzip" && HeaderValue(String($0))["q"] != "0"
    }
    var answer = Answer(status: 200, contentType: asset.contentType, bytes: takesGzip ? asset.compressed : asset.plain)
    answer.headers = [("Vary", "Accept-Encoding")]
    if takesGzip { answer.headers.append(("Content-Encoding", "gzip")) }
    answer.cacheControl = "public, max-age=31536000, immutable"
    return answer
  }
}
