import HTML
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import ServiceLifecycle

/// Serves a site on an address until it is told to stop.
public struct WebService {
  /// Files in PEM.
  public struct Certificate: Sendable {
    public var chain: String
    public var key: String

    public init(chain: String, key: String) {
      self.chain = chain
      self.key = key
    }
  }

  public struct Options: Sendable {
    public var host: String
    public var port: Int
    public var certificate: Certificate?
    public var connections = 512
    /// For requests that are under way when the service is told to stop.
    public var stopWithin: Duration = .seconds(15)

    public init(host: String = "127.0.0.1", port: Int = 8_080, certificate: Certificate? = nil) {
      self.host = host
      self.port = port
      self.certificate = certificate
    }
  }

  private let site: Site
  private let options: Options
  private let logger: Logger

  public init(site: Site, options: Options, logger: Logger) {
    self.site = site
    self.options = options
    self.logger = logger
  }

  /// Serves until SIGTERM or SIGINT, or until the task is cancelled.
  ///
  /// Then `/ready` says 503, streams say goodbye, no new connection is taken, and what is under way is finished, at most for
  /// `stopWithin`.
  /// - Parameter services: what runs beside it and is stopped after it, such as a follower of the log.
  /// - Parameter onRunning: called once with the port, when connections are taken.
  public func run(services: [any Service] = [], onRunning: @escaping @Sendable (Int) -> Void = { _ in }) async throws {
    let application = Application(
      responder: site, server: try server(),
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port), backlog: 1_024,
        availableConnectionsDelegate: MaximumAvailableConnections(options.connections)),
      onServerRunning: { channel in onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
    var configuration = ServiceGroupConfiguration(
      services: services + [
        SessionFlusher(sessions: site.sessions, logger: logger), application, StreamCloser(streams: site.streams), site.readiness,
      ],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = options.stopWithin
    try await ServiceGroup(configuration: configuration).run()
  }

  private func server() throws -> HTTPServerBuilder {
    let (rules, site) = (site.options.guardRules, site)
    let http = HTTPServerBuilder.http1(
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [GuardHandler(rules: rules) { site.judge($0) }],
        // Later than the deadline, so that a request that stalls is answered before its connection is closed.
        idleTimeout: TimeAmount(rules.deadline + rules.linger),
        httpDecoderConfiguration: .init(maxHeaderFieldSize: 8 * 1_024, maxHeaderListSize: 16 * 1_024, maxHeaderFieldCount: 64)))
    guard let certificate = options.certificate else { return http }
    return try .tls(http, tlsConfiguration: Self.configuration(certificate))
  }

  /// TLS 1.2 or later: the library's own default begins at 1.0.
  static func configuration(_ certificate: Certificate) throws -> TLSConfiguration {
    var tls = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.chain).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: certificate.key, format: .pem)))
    tls.minimumTLSVersion = .tlsv12
    return tls
  }
}

/// Writes when sessions were last seen, each minute and at the end.
struct SessionFlusher: Service {
  let sessions: Sessions
  let logger: Logger

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        try await Task.sleep(for: .seconds(60))
        flush()
      }
    }
    flush()
  }

  private func flush() {
    do {
      try sessions.flush()
    } catch {
      logger.error("Sessions were not written. Look at the disk of the data directory.", metadata: ["reason": "\(error)"])
    }
  }
}

/// Ends the streams when the service is told to stop: they would hold it up until it is cut off.
struct StreamCloser: Service {
  let streams: EventStreams

  func run() async throws {
    try await gracefulShutdown()
    streams.close()
  }
}
