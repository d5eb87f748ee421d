extension Route {
  /// `/live`, `/ready` and `/metrics`. The numbers are for this machine and for `readers` alone.
  ///
  /// A request that a proxy passed on is not from this machine, whether the proxy is known or not.
  public static func operating(readiness: Readiness, metrics: MetricsRegistry, readers: Set<String> = []) -> [Route] {
    [
      Route(.get, "/live", access: .everyone, kind: .api, summary: "The process answers.") { _ in .text("live\n") },
      Route(.get, "/ready", access: .everyone, kind: .api, summary: "The service takes requests.") { _ in
        let state = readiness.current
        return .text(state.rawValue + "\n", status: state == .ready ? 200 : 503)
      },
      Route(.get, "/metrics", access: .everyone, kind: .api, summary: "Numbers for Prometheus.") { request in
        guard readers.contains(request.source) || request.isFromThisMachine else { throw Problem.notFound }
        var answer = Answer.text(metrics.text)
        answer.contentType = "text/plain; version=0.0.4; charset=utf-8"
        return answer
      },
    ]
  }
}
