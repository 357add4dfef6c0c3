import type { Asked, HandedOver } from '../../ports/desk.ts'
import type { Said } from './answers.ts'
import type { Entry } from './records.ts'

/** Neither an answer nor the meanings of a word that was said. */
export const isUnclear = ({ kind, isAmbiguous }: Said): boolean => kind !== 'answer' && !isAmbiguous

/** Whether a reply came from no entry and is about no programme of the knowledge base. */
export const isUnknown = ({ kind, about }: Said): boolean =>
  kind === 'aside' || (kind === 'none' && about === undefined)

/** The general words among replies, which come from no entry. */
export const generalIn = (all: readonly Said[]): string =>
  all.flatMap(({ kind, text }) => (kind === 'aside' ? [text] : [])).join('\n')

export function askedInVain(question: string, near: readonly Entry[], handed: HandedOver): Asked {
  const [first] = near
  return {
    question,
    outcome: 'none',
    entry: first?.id,
    programme: first?.programme,
    near: near.map(nearOf),
    score: 0,
    ticket: 'number' in handed ? handed.number : undefined,
  }
}

export function chosenAsked(entry: Entry): Asked {
  const { id, question, programme } = entry
  return {
    question,
    outcome: 'chosen',
    entry: id,
    programme,
    near: [nearOf(entry)],
    score: 1,
    ticket: undefined,
  }
}

/** Most entries that are shown as near to a question. */
const mostNear = 3

/** The entries that replies tell, offer or come near to, each once. */
export function nearOfAll(all: readonly Said[]): Asked['near'] {
  const near = all.flatMap(said => askedOf(said, said.kind === 'aside' ? 'none' : said.kind, undefined).near)
  return [...new Map(near.map(one => [one.id, one])).values()].slice(0, mostNear)
}

export const nearOf = ({ id, question }: Entry) => ({ id, question })

export function askedOf(said: Said, kind: Asked['outcome'], handed: HandedOver | undefined): Asked {
  const { question, entry, about, score } = said
  const near = [...(kind === 'answer' && entry ? [entry] : []), ...said.offered, ...said.near]
  return {
    question,
    outcome: kind,
    entry: near[0]?.id,
    programme: entry?.programme ?? about?.id,
    near: near.map(nearOf),
    score,
    ticket: handed && 'number' in handed ? handed.number : undefined,
  }
}
