import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import type { ConsoleEnv } from '../feature.ts'
import { sayFullTime, sayTime } from '../text/time.ts'

/** Escaped markup, as `html` makes it. */
export type Html = ReturnType<typeof html>

/** A whole page in the console's frame: navigation, the state of the line, alarms. */
export async function renderPage(c: Context<ConsoleEnv>, title: string, body: Html): Promise<Response> {
  return c.html(html`<!doctype html><title>${title}</title>${body}`)
}

/** Belongs in every form that changes something. */
export function csrfField(c: Context<ConsoleEnv>): Html {
  return html`<input type="hidden" name="csrf" value="${c.get('csrfToken')}">`
}

/** A state as a word with a colour, never a colour alone. */
export function stateBadge(word: string, tone: 'good' | 'warn' | 'bad' | 'quiet'): Html {
  return html`<span class="badge badge-${tone}">${word}</span>`
}

/** What would be here, and how to begin. */
export function emptyState(text: string): Html {
  return html`<p class="empty">${text}</p>`
}

/** 「今天 14:05」, the full time on hover. */
export function timeOf(at: Temporal.Instant, now: Temporal.Instant): Html {
  return html`<time datetime="${at.toString()}" title="${sayFullTime(at)}">${sayTime(at, now)}</time>`
}
