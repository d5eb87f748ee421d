import HTML
import WebServer

// Modules of both sides have these words; in this one they are the words of the web.
typealias Reply = WebServer.Answer
typealias Page = HTML.Page
typealias Language = HTML.Language
typealias Field = HTML.Field
