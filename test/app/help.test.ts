import { afterAll, describe, expect, test } from 'vitest'
import { answererHelp } from '../../src/features/desk/chat/answerer-words.ts'
import { sayOverview, sayTopic, topicsOf } from '../../src/features/help/topics.ts'
import type { Role } from '../../src/ports/directory.ts'
import { openAllFeatures } from './features.ts'

const { all, platform } = await openAllFeatures()
afterAll(() => platform.store.close())

const overview = { tip: '问政策', explained: ['签到', '提问', '政策匹配', '统计'] }
const commands = all.flatMap(feature => feature.commands ?? [])
const readers: [string, Role[], boolean][] = [
  ['a maker', ['maker'], false],
  ['an instructor', ['maker'], true],
  ['an organizer', ['maker', 'organizer'], false],
  ['a reviewer', ['maker', 'reviewer'], false],
  ['who is everything', ['maker', 'organizer', 'reviewer'], true],
]

describe.each(readers)('the help of %s', (_who, roles, isInstructor) => {
  const more = isInstructor ? [{ name: '答题', lines: answererHelp }] : []
  const topics = (place: 'group' | 'private') => topicsOf(commands, { roles, place, more })

  test.each(['group', 'private'] as const)(
    'has at most ten lines in a %s chat, and so has every topic',
    place => {
      expect(sayOverview(topics(place), overview).split('\n').length).toBeLessThanOrEqual(10)
      for (const topic of topics(place))
        for (const page of [1, 2, 3]) expect(sayTopic(topic, page).split('\n').length).toBeLessThanOrEqual(10)
    },
  )
  test('names every topic, and the topics reach every command', () => {
    const said = sayOverview(topics('private'), overview)
    for (const { name } of topics('private')) expect(said).toContain(name)
    const told = topics('private')
      .flatMap(topic => [1, 2, 3].map(page => sayTopic(topic, page)))
      .join('\n')
    for (const { help, role } of commands)
      if ([role].flat().some(one => roles.includes(one))) expect(told).toContain(help)
  })
})

test('every command that the help lists has a topic', () => {
  expect(commands.filter(({ help, topic }) => help !== '' && !topic).map(({ words }) => words[0])).toEqual([])
})
