import type { openDocumentsWorld } from './world.ts'

type Desk = Pick<Awaited<ReturnType<typeof openDocumentsWorld>>['atHe'], 'read' | 'post'>

/** The page of what rests on changed clauses. */
export const path = '/documents/changes'

/** A page as it is read: the marks of what differs do not part its words. */
export const unmarked = (page: string): string => page.replaceAll(/<\/?mark>/gu, '')

/** The hidden fields of the first form of a page that has this button. */
export function fieldsOf(page: string, button: string): Record<string, string> {
  const form = page.split('<form').find(one => one.includes(`>${button}</button>`)) ?? ''
  const hidden = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/gu)]
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]))
}

/**
 * Says that the first thing on the page needs no change.
 * @returns the page after it, or the one that a refusal shows
 */
export async function dismiss(desk: Desk, reason: string): Promise<string> {
  const fields = fieldsOf(await desk.read(path), '看过，不用改')
  const response = await desk.post(`${path}/dismiss`, { ...fields, reason })
  return response.status === 303 ? desk.read(path) : response.text()
}

/**
 * Presses the first button with these words.
 * @returns the page after it, or the one that a refusal shows
 */
export async function press(desk: Desk, button: string, to: 'agree' | 'reopen'): Promise<string> {
  const response = await desk.post(`${path}/${to}`, fieldsOf(await desk.read(path), button))
  return response.status === 303 ? desk.read(path) : response.text()
}
