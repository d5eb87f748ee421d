import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

/// A request on its way to a handler: routed, limited, with its session, its right to be here and its body checked.
public struct WebRequest: Sendable {
  /// The random name of this request in logs and on pages of errors.
  public let id: String
  public let route: Route
  /// The values of the captures of the path, decoded.
  public let captures: [String: String]
  /// The path without its query.
  public let path: LocalPath
  public let query: FormData
  /// The fields of a form; empty for other bodies.
  public let form: FormData
  /// The object of a JSON body.
  public let json: JSON?
  public let session: Session?
  public let language: Language
  /// For the hidden field `csrf`: masked anew with each request.
  public let token: String
  /// The id of the command, in lower case; there whenever the route needs one.
  public let command: String?
  public let source: String
  /// Whether it came from this machine and no proxy passed it on.
  let isFromThisMachine: Bool
  public let ifMatch: EntityTags?
  public let ifNoneMatch: EntityTags?
  /// Where a stream goes on: `Last-Event-ID`, or `after` in the query.
  public let lastEvent: String?
  /// Whether the browser only fetches ahead: nothing may count as read.
  public let isPrefetch: Bool
  let body: RequestBody
  let boundary: String?
  let secret: [UInt8]
  let site: Site

  /// A capture that the pattern has.
  public subscript(capture: String) -> String { captures[capture] ?? "" }

  /// Reads the fields of the form.
  public var fields: FormReader { FormReader(form, language: language) }

  /// A page in the language of the request.
  public func page() -> Page { Page(language) }

  /// An answer that is a stream of events, which ends with the session and with the server.
  public func events(_ produce: @escaping @Sendable (EventSink) async throws -> Void) throws -> Answer {
    try site.streams.answer(session: session?.id ?? [], produce: produce)
  }

  /// Seconds until the session ends by itself; `nil` for visitors.
  public var secondsLeft: Int? { session.map { site.sessions.secondsLeft(of: $0) } }

  /// Reads `multipart/form-data` as it arrives. Text fields are collected; each piece of a file goes to `file`.
  ///
  /// The token of the form must come before the file, and is checked before the first piece.
  public func multipart(
    limits: MultipartLimits = MultipartLimits(), file: (MultipartFile, ArraySlice<UInt8>) async throws -> Void
  ) async throws -> FormData {
    guard let boundary else { throw Problem.wrongType }
    var parser = MultipartParser(boundary: boundary, limits: limits)
    var form = FormData()
    var isChecked = false
    func take(_ events: [MultipartParser.Event]) async throws {
      for event in events {
        switch event {
        case .field(let name, let value):
          guard (try? form.add(name, value)) != nil else { throw Problem.badForm }
        case .piece(let part, let bytes):
          if !isChecked {
            guard site.isOurs(form["csrf"], of: self) else { throw Problem.forged }
            isChecked = true
          }
          try await file(part, bytes)
        }
      }
    }
    for try await buffer in body { try await take(try parser.read(Array(buffer.readableBytesView))) }
    try parser.finish()
    guard isChecked || site.isOurs(form["csrf"], of: self) else { throw Problem.forged }
    return form
  }
}
