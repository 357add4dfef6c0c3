import { expect, test } from 'vitest'
import { endReminder } from '../../../../src/features/faq/editing/end-reminder.ts'
import { createFixedDirectory, createWorld, play } from '../../../conversation.ts'
import { entryYaml } from '../knowledge-samples.ts'
import { openSmallEditor, secondYaml } from '../small-editor.ts'

const endingAt = (yaml: string, until: string) =>
  yaml.replace('    verifiedOn', `    effectiveUntil: ${until}\n    verifiedOn`)

/** A bot that has nothing but the reminder, at eight in the morning, over entries that end. */
async function open(entries: string, startAt = '2026-11-24T08:00:00+08:00') {
  const world = createWorld(startAt)
  const { editor } = await openSmallEditor({ world, entries })
  const told: { desk: string; key: string; text: string }[] = []
  const reminder = endReminder({
    entries: editor.entries,
    records: editor.records,
    scheduler: world.scheduler,
    tellDesk: async (desk, { key, text }) => {
      if (!told.some(one => one.key === key)) told.push({ desk, key, text })
    },
  })
  const { forward, jobs } = play(world, createFixedDirectory(), [{ name: 'knowledge', jobs: [reminder] }])
  await jobs.tick()
  return { world, editor, told, forward, jobs }
}
const days = async (forward: (by: { days: number } | { hours: number }) => Promise<void>, count: number) => {
  for (let day = 0; day < count; day++) await forward({ hours: 24 })
}

test('fourteen days before an entry ends its desk hears of it, once', async () => {
  const { told, forward } = await open(endingAt(entryYaml, '2026-12-09') + secondYaml)
  await forward({ hours: 2 })
  expect(told).toEqual([])
  await days(forward, 1)
  expect(told).toMatchObject([
    { desk: '政策咨询', text: expect.stringContaining('能补多少？（2026年12月9日止，还有 14 天') },
  ])
  await days(forward, 16)
  expect(told).toHaveLength(1)
})

test('all entries of a desk that end come in one letter, those of other desks in theirs', async () => {
  const three = [
    endingAt(entryYaml, '2026-12-01'),
    endingAt(entryYaml.replace('id: one', 'id: three'), '2026-12-02'),
    endingAt(secondYaml, '2026-12-03'),
  ].join('')
  const { told, forward } = await open(three)
  await forward({ hours: 2 })
  expect(told.map(({ desk, text }) => [desk, text.split('\n').length])).toEqual([
    ['政策咨询', 4],
    ['项目申报', 3],
  ])
})

test('a new end is told of again, an entry that was withdrawn is not', async () => {
  const { told, forward, editor } = await open(
    endingAt(entryYaml, '2026-12-01') + endingAt(secondYaml, '2026-12-20'),
  )
  await forward({ hours: 2 })
  const place = { programme: 'hnte', part: 'entries' as const, name: 'one' }
  const before = { ...editor.state().base.get('hnte')?.entries[0] }
  const { number } = await editor.propose(
    {
      kind: 'edit',
      note: '',
      steps: [{ ...place, before, after: { ...before, effectiveUntil: '2026-12-05' } }],
    },
    { id: 'chen', name: '陈静' },
  )
  await editor.approve(number, { id: 'lin', name: '林敏' }, false)
  await editor.withdraw({ ...place, name: 'two' }, { id: 'chen', name: '陈静' }, '')
  await days(forward, 14)
  expect(told.map(({ text }) => text.split('\n')[1])).toEqual([
    expect.stringContaining('2026年12月1日止'),
    expect.stringContaining('2026年12月5日止'),
  ])
})

test('what was written down but not sent, since the bot crashed, is sent the next morning', async () => {
  const { told, forward, editor } = await open(endingAt(entryYaml, '2026-12-01'))
  await editor.records.notices.update('ends/one', () => ({
    until: '2026-12-01',
    desk: '政策咨询',
    letter: 'entry-ends-2026-11-23-政策咨询',
    isPosted: false,
  }))
  await forward({ hours: 2 })
  expect(told).toMatchObject([{ key: 'entry-ends-2026-11-23-政策咨询' }])
})

test('the agenda names the morning of the reminder, once, and no other', async () => {
  const { jobs, forward } = await open(endingAt(entryYaml, '2026-12-11') + secondYaml)
  const mornings = async () => (await jobs.upcoming(8)).map(({ due }) => due.at.toString())
  expect(await mornings()).toEqual(['2026-11-27T01:00:00Z'])
  await forward({ hours: 3 })
  await days(forward, 3)
  expect(await mornings()).toEqual([])
})
