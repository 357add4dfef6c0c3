import { describe, expect, test } from 'vitest'
import { merge } from '../../../src/features/faq/editing/merging.ts'
import { exportFiles } from '../../../src/features/faq/editing/sheets/export.ts'
import { chen, filesWith, lin, openSmallRoom, placeOfOne, secondYaml } from './editing-room.ts'
import { entryYaml, headYaml } from './knowledge-samples.ts'

describe('an edit', () => {
  test('changes nothing before another person lets it go live, and everything at once then', async () => {
    const { room, edit } = await openSmallRoom()
    const { number } = await edit({ short: '最高50万元。', otherQuestions: ['补多少钱', '封顶是几多'] })
    expect(room.shelf.entry('one')?.short).toBe('最高30万元。')
    await expect(room.approve(number, chen, false)).rejects.toThrow('要由另一位审核人来批准')
    await room.approve(number, lin, false)
    expect(room.shelf.entry('one')?.short).toBe('最高50万元。')
    expect((await room.search('封顶是几多')).ranked[0]).toMatchObject({
      item: { id: 'one' },
      wording: '封顶是几多',
    })
  })
  test('may be approved by whoever wrote it where one person does it all', async () => {
    const { room, edit } = await openSmallRoom({ isOnePerson: true })
    await room.approve((await edit({ short: '最高50万元。' })).number, chen, false)
    expect(room.shelf.entry('one')?.short).toBe('最高50万元。')
  })
  test('is still there after a restart, with its history', async () => {
    const before = await openSmallRoom()
    await before.room.approve((await before.edit({ short: '最高50万元。' })).number, lin, false)
    const { room } = await openSmallRoom({ world: before.world })
    expect(room.shelf.entry('one')?.short).toBe('最高50万元。')
    expect(room.changes.list()).toMatchObject([
      {
        by: chen,
        decided: { by: lin },
        steps: [{ before: { short: '最高30万元。' }, after: { short: '最高50万元。' } }],
      },
    ])
  })
  test('is checked by the schema of the files: field and reason in Chinese', async () => {
    const { edit } = await openSmallRoom()
    await expect(edit({ effectiveUntil: '2026-02-31' })).rejects.toThrow('止：日历上没有这一天')
    await expect(edit({ documents: [] })).rejects.toThrow('依据：没有来源文件')
    await expect(edit({ replacedBy: 'nobody' })).rejects.toThrow('被哪条接替：没有这个条目：nobody')
    await expect(edit({ documents: ['rules', 'other'] })).rejects.toThrow(
      '依据：本文件的 documents 里没有：other',
    )
    await expect(edit({})).rejects.toThrow('完全一样')
  })
  test('that closes a circle of replacements is refused', async () => {
    const { room, edit } = await openSmallRoom()
    await room.approve((await edit({ replacedBy: 'two' })).number, lin, false)
    const place = { ...placeOfOne, name: 'two' }
    const before = { ...room.standing().base.get('hnte')?.entries[1] }
    const steps = [{ ...place, before, after: { ...before, replacedBy: 'one' } }]
    await expect(room.propose({ kind: 'edit', note: '', steps }, chen)).rejects.toThrow('接替关系绕成了圈')
  })
  test('of a new entry with the id of another is refused', async () => {
    const { room, pieceOf } = await openSmallRoom()
    const steps = [{ ...placeOfOne, after: { ...pieceOf(), short: '另一条。' } }]
    await expect(room.propose({ kind: 'edit', note: '', steps }, chen)).rejects.toThrow('已经有这个编号了')
  })
  test('joins with what somebody else changed meanwhile, where they are different fields', async () => {
    const { room, edit, pieceOf } = await openSmallRoom()
    const seen = pieceOf()
    const mine = await edit({ short: '最高50万元。' }, chen, seen)
    const wordings = await edit({ otherQuestions: ['补多少钱', '给多少'] }, chen, seen)
    const more = await edit({ otherQuestions: ['补多少钱', '有几万'] }, chen, seen)
    for (const { number } of [mine, wordings, more]) await room.approve(number, lin, false)
    expect(room.shelf.entry('one')).toMatchObject({
      short: '最高50万元。',
      otherQuestions: ['补多少钱', '给多少', '有几万'],
    })
  })
  test('is refused where both changed the same field', async () => {
    const { room, edit, pieceOf } = await openSmallRoom()
    const seen = pieceOf()
    const [one, other] = [
      await edit({ short: '最高50万元。' }, chen, seen),
      await edit({ short: '最高60万元。' }, chen, seen),
    ]
    await room.approve(one.number, lin, false)
    await expect(room.approve(other.number, lin, false)).rejects.toThrow(
      '第一行：你打开以后，别人也改了这一栏',
    )
    expect(room.shelf.entry('one')?.short).toBe('最高50万元。')
  })
  test('can be given back with a reason, or taken back by who wrote it, and is decided once', async () => {
    const { room, edit } = await openSmallRoom()
    const first = await edit({ short: '最高50万元。' })
    await room.giveBack(first.number, lin, '文号不对')
    await expect(room.approve(first.number, lin, false)).rejects.toThrow('已经有人处理过了')
    const second = await edit({ short: '最高50万元。' })
    await expect(room.takeBack(second.number, lin)).rejects.toThrow('只有提交的人能收回')
    await room.takeBack(second.number, chen)
    expect(room.changes.list().map(({ state }) => state)).toEqual(['taken-back', 'returned'])
  })
})

test('withdrawing needs no second person, and is heard of at once', async () => {
  const { room, told } = await openSmallRoom()
  expect(await told('高企在哪个网站报')).toBe('到认定管理工作网申请。')
  await room.withdraw({ ...placeOfOne, name: 'two' }, chen, '网址换了')
  expect(await told('高企在哪个网站报')).not.toBe('到认定管理工作网申请。')
  expect(room.shelf.entry('two')).toBeUndefined()
  expect(room.changes.list()[0]).toMatchObject({ kind: 'withdraw', note: '网址换了', state: 'live' })
})

describe('the release gate', () => {
  const questions = [
    { question: '高企在哪个网站报', expected: ['two'] },
    { question: '今天天气怎么样', expected: [] },
  ]
  const worse = { question: '别的什么？', otherQuestions: ['别的'], short: '别的。' }
  async function openWithWorse(isGateOn: boolean) {
    const opened = await openSmallRoom({ questions, isGateOn })
    const place = { ...placeOfOne, name: 'two' }
    const before = opened.pieceOf(place)
    const steps = [{ ...place, before, after: { ...before, ...worse } }]
    return { ...opened, change: await opened.room.propose({ kind: 'edit', note: '', steps }, chen) }
  }

  test('holds what makes the shipped questions do worse, and says which', async () => {
    const { room, change } = await openWithWorse(true)
    const held = await room.approve(change.number, lin, false)
    expect(held).toMatchObject({
      before: { hits: 2 },
      after: { hits: 1 },
      worse: [{ question: '高企在哪个网站报' }],
    })
    expect(room.shelf.entry('two')?.short).toBe('到认定管理工作网申请。')
  })
  test('lets it through where a reviewer has seen it, and keeps that in the history', async () => {
    const { room, change } = await openWithWorse(true)
    await room.approve(change.number, lin, true)
    expect(room.shelf.entry('two')?.short).toBe('别的。')
    expect(room.changes.find(change.number)?.decided).toMatchObject({
      isOverridden: true,
      gate: { after: { hits: 1 } },
    })
  })
  test('can be switched off', async () => {
    const { room, change } = await openWithWorse(false)
    await room.approve(change.number, lin, false)
    expect(room.shelf.entry('two')?.short).toBe('别的。')
  })
})

describe('files and edits', () => {
  const editedFile = entryYaml.replace('最高30万元。', '最高50万元。')
  const newerFile = entryYaml.replace('最高30万元。', '最高80万元。')
  async function edited() {
    const opened = await openSmallRoom()
    await opened.room.approve((await opened.edit({ short: '最高50万元。' })).number, lin, false)
    return opened
  }
  const reopen = (world: Awaited<ReturnType<typeof edited>>['world'], first: string) =>
    openSmallRoom({ world, entries: first + secondYaml })

  test('a file that was not touched since leaves the edit in peace', async () => {
    const { room } = await reopen((await edited()).world, entryYaml)
    expect(room.standing().disputes).toEqual([])
  })
  test('a file that says what the edit says ends it', async () => {
    const { room } = await reopen((await edited()).world, editedFile)
    expect(room.standing()).toMatchObject({ disputes: [], setAside: [] })
    expect(room.shelf.entry('one')?.short).toBe('最高50万元。')
  })
  test('the exported files are such files', async () => {
    const { room, world } = await edited()
    const [file] = exportFiles(room.sources, room.standing().base, 'data/faq')
    expect(file?.text.startsWith(headYaml)).toBe(true)
    const entries = file?.text.slice(headYaml.length) ?? ''
    const again = await openSmallRoom({ world, entries })
    expect(again.room.standing()).toMatchObject({ disputes: [], setAside: [] })
    expect(again.room.standing().base).toEqual(again.room.seed)
  })
  test('a file that changed otherwise is shown beside the edit, which holds on until somebody decides', async () => {
    const { world } = await edited()
    const { room } = await reopen(world, newerFile)
    expect(room.shelf.entry('one')?.short).toBe('最高50万元。')
    expect(room.standing().disputes).toMatchObject([
      { place: placeOfOne, ours: { short: '最高50万元。' }, file: { short: '最高80万元。' } },
    ])
    expect(world.alarms.list()).toMatchObject([
      { text: expect.stringContaining('在控制台改过、文件后来也改了') },
    ])
    await room.settle(placeOfOne, 'file', lin)
    expect(room.shelf.entry('one')?.short).toBe('最高80万元。')
    expect(world.alarms.list()).toEqual([])
    expect((await reopen(world, newerFile)).room.standing().disputes).toEqual([])
  })
  test('kept as it is, the edit is in dispute again only when the file changes once more', async () => {
    const { world } = await edited()
    await (await reopen(world, newerFile)).room.settle(placeOfOne, 'ours', lin)
    const again = await reopen(world, newerFile)
    expect(again.room.standing().disputes).toEqual([])
    expect(again.room.shelf.entry('one')?.short).toBe('最高50万元。')
    expect(
      (await reopen(world, editedFile.replace('福建省', '福州市'))).room.standing().disputes,
    ).toHaveLength(1)
  })
  test('an entry that its file left out is withdrawn if the file is chosen', async () => {
    const { world } = await edited()
    const { room } = await reopen(world, '')
    expect(room.standing().disputes).toMatchObject([{ place: placeOfOne, file: undefined }])
    await room.settle(placeOfOne, 'file', lin)
    expect(room.shelf.entry('one')).toBeUndefined()
  })
  test('an edit that does not fit the files any more is set aside and said so; the file holds', async () => {
    const opened = await openSmallRoom()
    await opened.room.approve((await opened.edit({ replacedBy: 'two' })).number, lin, false)
    const { room } = await openSmallRoom({ world: opened.world, entries: entryYaml })
    expect(room.standing().setAside).toMatchObject([
      { place: placeOfOne, reason: expect.stringContaining('没有这个条目：two') },
    ])
    expect(room.shelf.entry('one')?.replacedBy).toBeUndefined()
    expect(opened.world.alarms.list()).toHaveLength(1)
  })
})

describe('from the inbox', () => {
  test('a draft holds the question and its other wordings', async () => {
    const { inbox, drafts } = await openSmallRoom()
    expect(await inbox.draftEntry('个体户怎么转公司', ['个转企'], chen)).toMatch(/^\/knowledge\/drafts\/\w+$/)
    expect(await drafts.list()).toMatchObject([
      { fields: { question: '个体户怎么转公司', otherQuestions: '个转企' }, by: chen },
    ])
  })
  test('a wording waits for a reviewer; several for one entry all come in', async () => {
    const { inbox, room } = await openSmallRoom()
    await inbox.addWording('one', '给几个钱', chen)
    await inbox.addWording('one', '到手多少', chen)
    expect(room.shelf.entry('one')?.otherQuestions).toEqual(['补多少钱'])
    for (const { number } of room.changes.list()) await room.approve(number, lin, false)
    expect(room.shelf.entry('one')?.otherQuestions).toEqual(['补多少钱', '到手多少', '给几个钱'])
  })
  test('a wording that some entry has is refused', async () => {
    const { inbox } = await openSmallRoom()
    await expect(inbox.addWording('one', '补多少錢', chen)).rejects.toThrow('已经有这个问法了')
    await expect(inbox.addWording('one', '申请高企找谁', chen)).rejects.toThrow(
      '已经在「高企去哪里申请？」里了',
    )
    await expect(inbox.addWording('gone', '什么', chen)).rejects.toThrow('没有这个条目')
  })
})

test('bringing an edit together with itself changes nothing', () => {
  const [entry] = filesWith().sources[0]?.value.entries ?? []
  const after = { ...entry, short: '别的。' }
  expect(merge(entry, after, after)).toEqual({ piece: after, conflicts: [] })
})
