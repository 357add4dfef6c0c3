import type { Context } from 'hono'
import { html } from 'hono/html'
import type { z } from 'zod'
import { isOffice } from '../approval.ts'
import { type ConsoleEnv, FieldRefusal, Refusal } from '../feature.ts'
import type { Actor } from '../ports/actor.ts'
import type { Html } from './widgets.ts'

type C = Context<ConsoleEnv>

/** Values of a form that was sent, by field name; of several values of one field, the last. */
export type FormInput = Readonly<Record<string, string>>

/** A form that was refused, to be shown again with what was typed. */
export type RefusedForm = {
  /** Why, in Chinese; empty where only fields are wrong. */
  problem: string
  /** Problems of single fields, by field name. */
  fieldProblems: FormInput
  input: FormInput
}

/**
 * A schema whose issues are shown at their fields. Its messages are Chinese sentences for the person who typed.
 * @returns reads the form of a request
 */
export function form<T>(schema: z.ZodType<T>) {
  return async (c: C): Promise<{ value: T; input: FormInput } | RefusedForm> => {
    const input: Record<string, string> = {}
    for (const [name, value] of await c.req.formData())
      if (typeof value === 'string' && name !== 'csrf') input[name] = value
    const read = schema.safeParse(input)
    if (read.success) return { value: read.data, input }
    const problems = read.error.issues.map(({ path, message }) => [String(path[0] ?? ''), message] as const)
    // The first issue of a field is the one to mend first.
    const { '': problem = '', ...fieldProblems } = Object.fromEntries(problems.toReversed())
    return { problem, fieldProblems, input }
  }
}

type ActionParts<T> = {
  /** Made by {@link form}. */
  form: ReturnType<typeof form<T>>
  /** @returns where the browser goes then. @throws {@link Refusal} for what cannot be done */
  run(c: C, value: T): Promise<string>
  /** Shows the page of the form again. */
  show(c: C, refused: RefusedForm): Promise<Response>
}

/**
 * A handler that reads a form, does something and goes on to a page; what is refused is shown in the form, with status 422
 * and everything as typed.
 * @example
 * const Note = form(z.object({ title: z.string().trim().min(1, '请写标题。') }))
 * routes.post('/', action({
 *   form: Note,
 *   run: async (c, { title }) => `/notes/${await notes.add(title, actorOf(c))}`,
 *   show: (c, { problem, fieldProblems, input }) => showNotes(c, { problem, fieldProblems, input }),
 * }))
 * // in the page: html`<input name="title" value="${input.title ?? ''}">${fieldProblem(fieldProblems, 'title')}`
 */
export function action<T>({ form: read, run, show }: ActionParts<T>) {
  return async (c: C): Promise<Response> => {
    const refuse = (refused: RefusedForm) => {
      c.status(422)
      return show(c, refused)
    }
    const sent = await read(c)
    if (!('value' in sent)) return refuse(sent)
    try {
      return c.redirect(await run(c, sent.value), 303)
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      return refuse({ ...problemsOf(cause), input: sent.input })
    }
  }
}

const problemsOf = (refusal: Refusal) =>
  refusal instanceof FieldRefusal
    ? { problem: '', fieldProblems: { [refusal.field]: refusal.message } }
    : { problem: refusal.message, fieldProblems: {} }

/** The problem of a field, shown behind its input; empty where there is none. */
export function fieldProblem(problems: FormInput, name: string): Html {
  return problems[name] ? html`<small class="problem" role="alert">${problems[name]}</small>` : html``
}

/** The person who is logged in, as the one who does a deed. */
export function actorOf(c: C): Actor {
  const person = c.get('person')
  return { id: person.id, name: person.name, road: 'console', isOffice: isOffice(person) }
}

/** Answers with a file for the browser to keep, under its Chinese name. */
export function sendFile(
  c: C,
  { name, mimeType, bytes }: { name: string; mimeType: string; bytes: Uint8Array },
): Response {
  return c.body(new Uint8Array(bytes).buffer, 200, {
    'Content-Type': mimeType,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  })
}
