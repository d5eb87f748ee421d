import CaseEngine

/// The engine's answer to a command; `Answer` alone is what a route answers with.
typealias Verdict = Answer
