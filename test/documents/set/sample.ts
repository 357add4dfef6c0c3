import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DocumentHead } from '../../../src/documents/structure/index.ts'

/** How a block is set, and whether it is a clause: those have a path. */
export type Block = {
  kind:
    | 'mark'
    | 'no'
    | 'title'
    | 'to'
    | 'label'
    | 'h'
    | 'p'
    | 'row'
    | 'list'
    | 'sign'
    | 'date'
    | 'public'
    | 'annex'
    | 'start'
    | 'copy'
    | 'contents'
  path: string[]
  text: string
}

/** A made-up document with what a person reads in it. */
export type Sample = {
  name: string
  maker: string
  head: DocumentHead
  blocks: Block[]
}

const folder = join(import.meta.dirname, 'texts')
const listOf = (said: string) =>
  said
    .split(';')
    .map(each => each.trim())
    .filter(each => each !== '')

/**
 * `learnt`: the documents that the reader was written on; `unseen`: by the same six makers, written afterwards;
 * `styles`: other offices, years and makers, written without the reader; `last`: like those, measured when the reader
 * was finished; `offices`: further offices and programs, written without the reader;
 * `final`: five more, measured when tables were read by their lines; `kinds`: other kinds of documents (a guide,
 * answers, an agreement, a plan with its contents, a charter in two columns …), written without the reader;
 * `fresh`: five more, measured when it was finished; `varied`: fifteen of further kinds (a standard, a revising
 * decision, a gazette in three columns, a penalty, a speech, a form …), `wider` and `later`:
 * ten more each; `mixed`, `rare`, `broad`, `further` and `sundry`: ten each of kinds and makers that were not
 * there (a compilation, a repeal, two languages beside each other, a review of an act, a report …); `usual`,
 * `daily`, `common`, `regular` and `steady`: ten each of the kinds that an office meets every day; all of
 * them written without the reader.
 */
export const sampleGroups = [
  'learnt',
  'unseen',
  'styles',
  'last',
  'offices',
  'final',
  'kinds',
  'fresh',
  'varied',
  'wider',
  'later',
  'mixed',
  'rare',
  'broad',
  'further',
  'sundry',
  'usual',
  'daily',
  'common',
  'regular',
  'steady',
] as const
export type SampleGroup = (typeof sampleGroups)[number]

export const samplesOf = (group: SampleGroup): Sample[] =>
  readdirSync(folder)
    .filter(file => file.startsWith(`${group}-`))
    .toSorted()
    .map(file => readSample(file.replace('.txt', '')))

function readSample(name: string): Sample {
  const [head = '', body = ''] = readFileSync(join(folder, `${name}.txt`), 'utf8').split('\n---\n')
  const said = new Map(
    head
      .split('\n')
      .map(line => [line.split(':')[0] ?? '', line.slice(line.indexOf(':') + 1).trim()] as const),
  )
  return {
    name,
    maker: said.get('maker') ?? '',
    head: {
      issuers: listOf(said.get('issuers') ?? ''),
      number: said.get('number') || undefined,
      title: said.get('title') ?? '',
      date: said.get('date') || undefined,
      addressees: listOf(said.get('addressees') ?? ''),
    },
    blocks: body
      .split('\n')
      .filter(line => line !== '')
      .map(blockIn),
  }
}

function blockIn(line: string): Block {
  const [before = '', ...rest] = line.split('|')
  const [kind = '', path = ''] = before.split(' ')
  return { kind: kind as Block['kind'], path: path === '' ? [] : path.split('/'), text: rest.join('|') }
}
