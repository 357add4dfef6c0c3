import { wordClasses } from './word-classes.ts'

/** The sentence before and behind a date, the label of its line and the heading above it. */
type DeedContext = Record<'lead' | 'follow' | 'label' | 'heading', string>

/** Features of the nearest actor before a date and the nearest deed beside it, alone and together. */
export function deedFeatures({ lead, follow, label, heading }: DeedContext): string[] {
  const actor = lastOf(actors, lead)
  const next = firstOf(deeds, follow)
  const last = lastOf(deeds, `${label}:${lead}`)
  const part = firstOf(deeds, heading)
  return [
    `w=${actor}`,
    `v=${next}`,
    `u=${last}`,
    `w=${actor} v=${next}`,
    `w=${actor} u=${last}`,
    `u=${last} v=${next}`,
    `p=${part} v=${next}`,
    `p=${part} u=${last}`,
  ]
}

type NamedPattern = { name: string; pattern: RegExp }

const classesNamed = (...names: string[]): NamedPattern[] =>
  wordClasses
    .filter(([name]) => names.includes(name))
    .map(([name, pattern]) => ({ name, pattern: new RegExp(pattern.source, 'gu') }))

const actors = classesNamed('maker', 'office')
const deeds = classesNamed(
  'apply',
  'forward',
  'review',
  'publicise',
  'pay',
  'duty',
  'validity',
  'condition',
  'event',
  'feedback',
  'issued',
  'outage',
)

/** The class of the first word of any of the classes; `none` where there is none. */
function firstOf(classes: readonly NamedPattern[], text: string): string {
  let found = { name: 'none', at: Number.POSITIVE_INFINITY }
  for (const { name, pattern } of classes) {
    const at = text.search(pattern)
    if (at >= 0 && at < found.at) found = { name, at }
  }
  return found.name
}

/** The class of the last word of any of the classes; `none` where there is none. */
function lastOf(classes: readonly NamedPattern[], text: string): string {
  let found = { name: 'none', at: -1 }
  for (const { name, pattern } of classes)
    for (const { index } of text.matchAll(pattern)) if (index > found.at) found = { name, at: index }
  return found.name
}
