import type { ServerResponse } from 'node:http'

const answers: [status: number, body: string][] = [
  [502, '{"message":"Bad Gateway"}'],
  [200, 'null'],
  [200, '{}'],
  [200, '["ok"]'],
  [500, '{}'],
  [200, '<html>busy</html>'],
  [504, ''],
]
let count = 0

/** Answers like a proxy that lost the platform's answer, or like a platform in trouble; each time in another way. */
export function answerGarbled(response: ServerResponse) {
  const [status, body] = answers[count++ % answers.length] ?? [502, '']
  response.writeHead(status).end(body)
}

export const garbledKinds = answers.length
