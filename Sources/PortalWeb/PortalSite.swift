import Foundation
import HTML
import WebServer

/// The site of the portal: its routes, its sessions, and what operators ask.
public enum PortalSite {
  public struct Place: Sendable {
    /// The folder of secrets; `nil` keeps sessions in memory alone.
    public var secrets: String?
    public var origin: Origin
    public var office: Office
    public var log: @Sendable (String) -> Void

    public init(secrets: String?, origin: Origin, office: Office, log: @escaping @Sendable (String) -> Void) {
      self.secrets = secrets
      self.origin = origin
      self.office = office
      self.log = log
    }
  }

  public static func make(_ place: Place) throws -> Site {
    let office = place.office
    var options = SiteOptions(origin: place.origin, now: { office.now })
    options.problem = Office.problem
    options.log = place.log
    let store: any SessionStore =
      try place.secrets.map { try LMDBSessionStore(folder: $0 + "/sessions") } ?? ForgetfulSessionStore()
    let (readiness, metrics) = (Readiness(), MetricsRegistry())
    return Site(
      routes: Portal(office).routes + Route.operating(readiness: readiness, metrics: metrics), options: options,
      sessions: try Sessions(store: store, now: { office.now }), secret: try secret(place.secrets), metrics: metrics,
      readiness: readiness)
  }

  /// 32 random bytes that seal the cookies of visitors, kept beside the sessions.
  private static func secret(_ folder: String?) throws -> [UInt8] {
    let fresh = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
    guard let folder else { return fresh }
    let path = folder + "/visitors.key"
    if let kept = FileManager.default.contents(atPath: path), kept.count == 32 { return [UInt8](kept) }
    guard FileManager.default.createFile(atPath: path, contents: Data(fresh), attributes: [.posixPermissions: 0o600]) else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
    }
    return fresh
  }
}
