import type { Context } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { isOffice } from '../approval.ts'
import { type ConsoleEnv, FieldRefusal, OutdatedFormRefusal, Refusal } from '../feature.ts'
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
  /** Chosen values of fields that take several, by field name. */
  lists?: FormLists
}

type FormLists = Readonly<Record<string, readonly string[]>>

/**
 * A schema whose issues are shown at their fields. Its messages are Chinese sentences for the person who typed. Chosen
 * files stand in their fields as `File`.
 * @param lists fields of several values, which the schema gets as arrays
 * @returns reads the form of a request
 */
export function form<T>(schema: z.ZodType<T>, lists: readonly string[] = []) {
  return async (c: Sent): Promise<SentForm<T> | RefusedForm> => {
    const sent = await c.req.formData()
    const input: Record<string, string> = {}
    const files: Record<string, File> = {}
    for (const [name, value] of sent)
      if (typeof value !== 'string') {
        // Browsers send a file without a name where none was chosen.
        if (value.name !== '') files[name] = value
      } else if (name !== 'csrf' && !lists.includes(name)) input[name] = value
    const chosen = Object.fromEntries(lists.map(name => [name, sent.getAll(name).map(String)]))
    const read = schema.safeParse({ ...files, ...input, ...chosen })
    return read.success
      ? { value: read.data, input, lists: chosen }
      : { ...problemsIn(read.error), input, lists: chosen }
  }
}

/** The form of a button alone. */
export const noFields = form(z.object({}))

/** One line of text without spaces around it; empty where the field is missing. */
export const lineField = z.string().trim().default('')

/** The number that the path of a request has as `:number`. */
export const numberInPath = (c: { req: Pick<Context['req'], 'param'> }): number =>
  Number(c.req.param('number'))

/** A request, with or without a session. */
type Sent = { req: Pick<Context['req'], 'formData'> }
type SentForm<T> = { value: T; input: FormInput; lists?: FormLists }

function problemsIn({ issues }: z.ZodError): Pick<RefusedForm, 'problem' | 'fieldProblems'> {
  const problems = issues.map(({ path, message }) => [String(path[0] ?? ''), message] as const)
  // The first issue of a field is the one to fix first.
  const { '': problem = '', ...fieldProblems } = Object.fromEntries(problems.toReversed())
  return { problem, fieldProblems }
}

/**
 * The values of a form in which nothing is typed, as of a button.
 * @throws {@link Refusal} with the first problem
 */
export async function valuesOf<T>(c: Sent, read: ReturnType<typeof form<T>>): Promise<T> {
  const sent = await read(c)
  if ('value' in sent) return sent.value
  throw new Refusal(firstProblem(sent))
}

/** The first thing that is wrong with a form, where a page has one place for problems only. */
export function firstProblem({ problem, fieldProblems }: RefusedForm): string {
  return problem || (Object.values(fieldProblems)[0] ?? '')
}

type ActionParts<T> = {
  /** Made by {@link form}. */
  form(c: C): Promise<SentForm<T> | RefusedForm>
  /** @returns where the browser goes then, or the page itself. @throws {@link Refusal} for what cannot be done */
  run(c: C, value: T): Promise<string | Response>
  /** Shows the page of the form again. */
  show(c: C, refused: RefusedForm): Promise<Response>
}

/**
 * A handler that reads a form, does something and goes on to a page; what is refused is shown in the
 * form, with status 422 and everything as typed; after an {@link OutdatedFormRefusal} its field
 * holds the version that was told.
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
      const done = await run(c, sent.value)
      return typeof done === 'string' ? c.redirect(done, 303) : done
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      const input =
        cause instanceof OutdatedFormRefusal ? { ...sent.input, [cause.field]: cause.seen } : sent.input
      return refuse({ ...problemsOf(cause), input, ...(sent.lists ? { lists: sent.lists } : {}) })
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

/**
 * Answers with a file under its Chinese name.
 * @param disposition `inline` shows it in the browser; default `attachment`: the browser keeps it
 */
export function sendFile(
  c: Pick<Context, 'body'>,
  { name, mimeType, bytes }: { name: string; mimeType: string; bytes: Uint8Array },
  disposition: 'attachment' | 'inline' = 'attachment',
): Response {
  return c.body(new Uint8Array(bytes).buffer, 200, {
    'Content-Type': mimeType,
    'Content-Disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(name)}`,
  })
}
