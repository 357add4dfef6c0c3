import { openKnowledge } from '../../../src/features/faq/editing/index.ts'
import type { TrialQuestion } from '../../../src/features/faq/editing/trials/trial.ts'
import type { MakersWords } from '../../../src/features/faq/finder/query/makers-words.ts'
import { readKnowledge } from '../../../src/features/faq/knowledge/knowledge.ts'
import type { FindQuotation } from '../../../src/features/faq/quotes/quotations.ts'
import { type Clauses, noClauses } from '../../../src/ports/clauses.ts'
import type { Role } from '../../../src/ports/directory.ts'
import type { Item } from '../../../src/ports/items.ts'
import { openConsoleApp } from '../../console-app.ts'
import { createFixedDirectory, createWorld, type World } from '../../conversation.ts'
import { folderWith } from './knowledge-samples.ts'
import { chen, filesWith, lin } from './small-editor.ts'

type Options = {
  questions?: TrialQuestion[]
  entries?: string
  /** The whole file of the programme, in place of its entries. */
  knowledge?: string
  /** Words of makers and what they mean in the rules. Default: none. */
  makersWords?: MakersWords
  isOnePerson?: boolean
  /** Approved notices. */
  items?: Item[]
  /** Default: there are no documents. */
  clauses?: Clauses
  /** Default: no document is quoted. */
  quote?: FindQuotation
  world?: World
}

/** The knowledge pages, with a changeable person logged in. */
export async function openOffice({
  questions = [],
  entries,
  knowledge: file,
  makersWords = {},
  isOnePerson = false,
  items = [],
  clauses = noClauses,
  quote,
  world = createWorld(),
}: Options = {}) {
  const { store, clock, alarms, scheduler } = world
  const knowledge = await openKnowledge({
    store,
    directory: createFixedDirectory([], { [lin.id]: ['reviewer'], [chen.id]: ['organizer'] }),
    clock,
    alarms,
    scheduler,
    files: {
      ...(file ? readKnowledge(folderWith({ 'faq/hnte.yaml': file })) : filesWith(entries)),
      makersWords,
    },
    questions,
    isGateOn: true,
    isOnePerson,
    clauses,
    ...(quote && { quote }),
    desks: ['政策咨询', '项目申报'],
    tellDesk: async () => {},
    approvedItems: () => ({
      onProgramme: async id => items.filter(({ programmeIds }) => programmeIds.includes(id)),
    }),
  })
  let person = { ...chen, roles: ['maker', 'organizer'] as Role[] }
  const app = openConsoleApp(knowledge.feature.pages ?? [], () => person)

  const read = async (path: string) => (await app.request(path)).text()
  const bytesOf = async (path: string) => new Uint8Array(await (await app.request(path)).arrayBuffer())

  /** Sends a form and follows where it leads. */
  async function send(path: string, fields: Record<string, string | File> = {}): Promise<string> {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields))
      for (const one of typeof value === 'string' && name === 'documents' ? value.split(' ') : [value])
        body.append(name, one)
    const response = await app.request(path, { method: 'POST', body })
    const to = response.headers.get('location')
    return to ? read(to) : response.text()
  }
  const sendFile = (path: string, bytes: Uint8Array, name: string) =>
    send(path, { file: new File([new Blob([bytes.slice()])], name) })

  /** The fields of a form as the browser would send them. */
  async function formAt(path: string): Promise<Record<string, string>> {
    const page = await read(path)
    const fields: Record<string, string> = {}
    const plain = (text: string) =>
      text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
    for (const [tag] of page.matchAll(/<input[^>]*>/gu)) {
      const attribute = (name: string) => new RegExp(`${name}="([^"]*)"`, 'u').exec(tag)?.[1]
      const name = attribute('name')
      const isOff = /type="(?:checkbox|radio)"/u.test(tag) && !/\schecked/u.test(tag)
      if (!name || isOff) continue
      const value = plain(attribute('value') ?? '')
      fields[name] = name === 'documents' && fields[name] ? `${fields[name]} ${value}` : value
    }
    for (const [, name = '', text = ''] of page.matchAll(
      /<textarea name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/gu,
    ))
      fields[name] = plain(text)
    for (const [, name = '', options = ''] of page.matchAll(
      /<select name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/gu,
    ))
      fields[name] =
        /value="([^"]*)" selected/u.exec(options)?.[1] ?? /value="([^"]*)"/u.exec(options)?.[1] ?? ''
    return fields
  }

  return {
    ...knowledge,
    world,
    read,
    send,
    sendFile,
    bytesOf,
    formAt,
    /** From now on 林敏, a reviewer, sits there; or 陈静 again. */
    asReviewer: () => {
      person = { ...lin, roles: ['maker', 'reviewer'] }
    },
    asOrganizer: () => {
      person = { ...chen, roles: ['maker', 'organizer'] }
    },
    asMaker: () => {
      person = { ...chen, roles: ['maker'] }
    },
  }
}
