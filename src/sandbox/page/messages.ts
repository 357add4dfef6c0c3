import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { type Html, timeOf } from '../../console/widgets.ts'
import type { ChatFile } from '../../ports/chat.ts'
import { fileUrl } from '../api.ts'
import type { SandboxMessage } from '../world/index.ts'
import { avatar } from './avatar.ts'

/** WeChat shows the time again after this long without a message. */
const silenceMinutes = 5

export type Shown = { me: string; botId: string; now: Temporal.Instant }

/** Messages from number `from` on; earlier ones only serve to group by time. */
export function messageList(messages: readonly SandboxMessage[], from: number, shown: Shown): Html {
  return html`${messages.slice(from).map((message, index) => {
    const before = messages[from + index - 1]
    return html`${isAfterSilence(message, before) ? timeStamp(message, shown.now) : ''}${bubble(message, shown)}`
  })}`
}

function isAfterSilence(message: SandboxMessage, before: SandboxMessage | undefined): boolean {
  return !before || message.at.since(before.at).total('minutes') >= silenceMinutes
}

const timeStamp = ({ at }: SandboxMessage, now: Temporal.Instant) =>
  html`<li class="stamp">${timeOf(at, now)}</li>`

function bubble({ id, from, name, text, file }: SandboxMessage, { me, botId }: Shown): Html {
  return html`<li class="${from === me ? 'said mine' : 'said'}" data-id="${id}">
    ${avatar({ id: from, name }, botId)}
    <div><span class="name">${name}</span>
      ${text ? html`<p class="bubble">${withLinks(text)}</p>` : ''}
      ${file ? fileOf(id, file) : ''}</div></li>`
}

/** Up to the first character that no address holds, Chinese punctuation above all. */
const address = /(https?:\/\/[\w.:[\]/?#@!$&'()*+,;=%~-]+)/

function withLinks(text: string): Html {
  const parts = text.split(address)
  return html`${parts.map((part, index) =>
    index % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noopener">${part}</a>` : part,
  )}`
}

function fileOf(messageId: string, file: ChatFile): Html {
  const url = fileUrl(messageId)
  if (file.mimeType.startsWith('image/')) {
    return html`<a class="picture" href="${url}" target="_blank"><img src="${url}" alt="${file.name}"></a>`
  }
  const ending = file.name.split('.').at(-1) ?? ''
  return html`<a class="file" href="${url}" download="${file.name}">
    <span><strong>${file.name}</strong><small>${saySize(file.bytes.byteLength)}</small></span>
    <span class="kind kind-${kindOf(ending)}" aria-hidden="true">${ending.slice(0, 4).toUpperCase()}</span></a>`
}

/** People know spreadsheets as green and PDFs as red. */
function kindOf(ending: string): 'sheet' | 'paper' | 'other' {
  if (/^(?:xlsx?|csv|et)$/i.test(ending)) return 'sheet'
  return /^pdf$/i.test(ending) ? 'paper' : 'other'
}

function saySize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
