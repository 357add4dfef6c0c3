import { Temporal } from 'temporal-polyfill'

/** No pauses between groups, so that a test of several lines need not wait for them. */
export const quick = { SAME_GROUP_GAP_MS: '0', NEXT_GROUP_GAP_MIN_MS: '0', NEXT_GROUP_GAP_MAX_MS: '0' }

/** The next time that it is ten in the morning in Shanghai: nothing is held back for the night. */
export function nextTen(): Temporal.Instant {
  const now = Temporal.Now.zonedDateTimeISO('Asia/Shanghai')
  const ten = now.withPlainTime('10:00')
  return (Temporal.ZonedDateTime.compare(ten, now) > 0 ? ten : ten.add({ days: 1 })).toInstant()
}

/** The interface of the simulated groups of a bot, by a path such as `groups/one/messages`. */
export const sandboxOf = (consoleUrl: () => string) => ({
  text: async (path: string) => (await fetch(`${consoleUrl()}/sandbox/api/${path}`)).text(),
  post: (path: string, body: object) =>
    fetch(`${consoleUrl()}/sandbox/api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
})
