/// Reads the answers to a form, field by field in the form's order: a condition looks back, never ahead.
struct AnswerReader {
  private let answers: [String: String]
  private let today: CivilDay
  private var questions: [String: Question] = [:]

  private(set) var clean: [String: String] = [:]
  private(set) var errors: [AnswerError] = []

  /// Whether a question is asked, and how errors name it.
  private struct Question {
    var state: State
    var label: Text
  }

  private enum State {
    case asked
    /// The question it depends on has no answer yet. What was typed is kept, nothing is required.
    case open
    /// The question it depends on is answered otherwise. What was typed is left out.
    case notAsked
  }

  init(answers: [String: String], today: CivilDay) {
    self.answers = answers
    self.today = today
  }

  mutating func read(_ field: FormField) {
    let state = field.shown.map { stateUnder($0) } ?? .asked
    questions[field.name] = Question(state: state, label: field.label)
    guard state != .notAsked else { return }
    do throws(AnswerFault) {
      let answer = try field.kind.read(answers[field.name] ?? "", today: today)
      try checkOrder(answer, of: field)
      clean[field.name] = answer
    } catch .empty {
      if state == .asked, isRequired(field) { errors.append(AnswerError(.empty, field)) }
    } catch {
      errors.append(AnswerError(error, field))
    }
  }

  mutating func refuse(unknown names: [String]) {
    errors += names.map(AnswerError.init(unknown:))
  }

  private func isRequired(_ field: FormField) -> Bool {
    switch field.required {
    case .always: true
    case .never: false
    case .when(let condition): stateUnder(condition) == .asked
    }
  }

  private func stateUnder(_ condition: FormField.Condition) -> State {
    guard let parent = questions[condition.field], parent.state == .asked else {
      return questions[condition.field]?.state ?? .notAsked
    }
    guard let answer = clean[condition.field] else { return .open }
    return condition.values.isEmpty || condition.values.contains(answer) ? .asked : .notAsked
  }

  private func checkOrder(_ answer: String, of field: FormField) throws(AnswerFault) {
    guard let earlier = field.notBefore, let other = clean[earlier], let label = questions[earlier]?.label,
      let first = CivilDay(iso: other), let day = CivilDay(iso: answer), day < first
    else { return }
    throw .notBefore(label)
  }
}
