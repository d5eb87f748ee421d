import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Stands between the wire and the server on every connection.
///
/// The server alone reads a refused body to its end, has no deadline for a request, does not answer `Expect` and keeps the
/// connection open after a `Connection: close` of its own (hummingbird 2.28.1). This handler does all four.
final class GuardHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let rules: GuardRules
  private let judge: @Sendable (HTTPRequest) -> HeadVerdict
  private var state = GuardState()
  private var deadline: Scheduled<Void>?
  private var stall: Scheduled<Void>?

  init(rules: GuardRules, judge: @escaping @Sendable (HTTPRequest) -> HeadVerdict) {
    self.rules = rules
    self.judge = judge
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): read(head, context)
    case .body(let bytes): perform(state.body(bytes.readableBytes), data, context)
    case .end:
      deadline?.cancel()
      perform(state.end(), data, context)
    }
  }

  private func read(_ original: HTTPRequest, _ context: ChannelHandlerContext) {
    var head = original
    if let name = GuardRefusal.header { head.headerFields[name] = nil }
    let verdict = judge(head)
    let action = state.head(
      verdict, contentLength: head.headerFields[.contentLength].flatMap { Int($0) ?? .max },
      expects: head.headerFields[.expect])
    if case .pass(let limit) = verdict, action != .drop { start(rules.deadline(forBody: limit), context) }
    if case .refuse(let refusal) = action {
      deadline?.cancel()
      if let name = GuardRefusal.header { head.headerFields[name] = refusal.rawValue }
      context.fireChannelRead(wrapInboundOut(.head(head)))
      context.fireChannelRead(wrapInboundOut(.end(nil)))
      return
    }
    perform(action, wrapInboundOut(.head(head)), context)
  }

  private func perform(_ action: GuardState.Action, _ data: NIOAny, _ context: ChannelHandlerContext) {
    switch action {
    case .forward: context.fireChannelRead(data)
    case .goOnAndForward:
      context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
      context.fireChannelRead(data)
    case .fail(let refusal): fail(refusal, context)
    case .drop, .refuse: break
    }
  }

  /// The handler that reads the body gets an error and answers; one that does not read it has its connection closed.
  private func fail(_ refusal: GuardRefusal, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    context.fireErrorCaught(refusal)
    schedule(rules.linger * 5, context) { $0.close(promise: nil) }
  }

  private func start(_ time: Duration, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    deadline = schedule(time, context) { [weak self] context in
      guard let self, case .fail(let refusal) = self.state.deadline() else { return }
      self.fail(refusal, context)
    }
  }

  // MARK: Answers

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      state.answerHead(
        isInformational: head.status.kind == .informational, closes: head.headerFields[.connection]?.lowercased() == "close")
      context.write(data, promise: promise)
    case .body: context.write(data, promise: promise)
    case .end:
      guard state.answerEnd() else {
        context.write(data, promise: promise)
        return
      }
      context.writeAndFlush(data, promise: promise)
      part(context)
    }
  }

  /// Ends our side, and takes for a moment what the client still sends: a connection that is closed with unread bytes is
  /// reset, and the answer is lost with it.
  private func part(_ context: ChannelHandlerContext) {
    deadline?.cancel()
    context.close(mode: .output, promise: nil)
    schedule(rules.linger, context) { $0.close(promise: nil) }
  }

  /// A client that does not read lets the channel fill up; after a while of that it is let go.
  func channelWritabilityChanged(context: ChannelHandlerContext) {
    stall?.cancel()
    stall = context.channel.isWritable ? nil : schedule(rules.stall, context) { $0.close(promise: nil) }
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    stall?.cancel()
    context.fireChannelInactive()
  }

  @discardableResult
  private func schedule(
    _ time: Duration, _ context: ChannelHandlerContext, _ body: @escaping (ChannelHandlerContext) -> Void
  ) -> Scheduled<Void> {
    context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) {
      if context.channel.isActive { body(context) }
    }
  }
}
