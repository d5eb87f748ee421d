import WebServer

print("methods: " + HTTPMethod.allCases.map(\.rawValue).joined(separator: " "))
