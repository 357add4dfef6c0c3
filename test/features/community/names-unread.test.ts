import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { lineHandlers } from '../../../src/app/lines/handlers.ts'
import { createWorld, openCommunity, play } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

const group = '优空间创客群'

function open() {
  const world = createWorld()
  const people = openCommunity({ ...world, outbox: createRecordingOutbox(world.clock) })
  const { person } = play(world, people.directory, [])
  const says = (name: string, id = 'wx-1', where: string | undefined = group) =>
    person(id, name, where).message('签到')
  const sees = (...who: Parameters<typeof says>) => people.directory.recognise(says(...who))
  // As the line calls it.
  const handlers = lineHandlers({ name: '' }, { people, platform: world, lines: {} } as never)
  const learns = async (name: string) => {
    handlers.onLateName?.(says(name))
    await setImmediate()
  }
  return { ...people, sees, learns, lastName: handlers.lastName }
}

test('a name that could not be read leaves the last known one, in the group and in its list', async () => {
  const { directory: _, roster, lastName, sees } = open()
  const { id } = await sees('优空间-张唯')
  expect(await sees('')).toEqual({ id, name: '优空间-张唯' })
  expect(await roster.find([id])).toMatchObject([{ name: '优空间-张唯' }])
  expect(await roster.membersOf(group)).toMatchObject([{ id, name: '优空间-张唯' }])
  expect(await lastName?.('wx-1', group)).toBe('优空间-张唯')
})

test('who is first heard without a name is kept, and gets it with the next message', async () => {
  const { roster, lastName, sees } = open()
  const { id } = await sees('')
  expect(await lastName?.('wx-1', group)).toBeUndefined()
  expect(await roster.membersOf(group)).toEqual([])
  expect(await sees('优空间-张唯')).toEqual({ id, name: '优空间-张唯' })
  expect(await roster.membersOf(group)).toMatchObject([{ id, name: '优空间-张唯' }])
})

test('a name that comes after the message of a person is theirs; that of a chat that is not known opens nobody', async () => {
  const { roster, lastName, sees, learns, directory } = open()
  await learns('优空间-张唯')
  expect(await directory.holders('maker')).toEqual([])
  const { id } = await sees('')
  await learns('优空间-张唯')
  expect(await lastName?.('wx-1', group)).toBe('优空间-张唯')
  expect(await roster.membersOf(group)).toMatchObject([{ id, name: '优空间-张唯' }])
})
