import { html } from 'hono/html'
import type { Html } from '../../console/widgets.ts'
import type { Who } from './chats.ts'

const colours = 8

/** A picture made of a name: one of eight colours, always the same for one person. */
export function avatar(who: Who, botId: string): Html {
  const look = who.id === botId ? 'bot' : colourOf(who.id)
  return html`<span class="avatar avatar-${look}" aria-hidden="true">${initials(who.name)}</span>`
}

/** The first two characters of a group's name. */
export function groupAvatar(name: string): Html {
  return html`<span class="avatar avatar-group" aria-hidden="true">${charsOf(name).slice(0, 2).join('')}</span>`
}

/** The given name of 「优空间-张唯」 or 「Kevin 刘」, without what stands in brackets, as far as one can tell. */
export function initials(name: string): string {
  const parts = name.replace(/[（(].*$/u, '').split(/[-\s·—_/]+/u)
  const last = parts.filter(part => charsOf(part).length > 0).at(-1) ?? name
  const chars = charsOf(last)
  const chinese = chars.filter(char => /\p{Script=Han}/u.test(char))
  if (chinese.length > 0) return chinese.slice(-2).join('')
  return (chars[0] ?? '?').toUpperCase()
}

/** Letters and digits; no brackets, no emoji. */
const charsOf = (text: string) => [...text].filter(char => /[\p{L}\p{N}]/u.test(char))

function colourOf(id: string): number {
  return [...id].reduce((sum, char) => (sum * 33 + (char.codePointAt(0) ?? 0)) % 65_521, 5381) % colours
}
