import { describe, expect, test } from 'vitest'
import { merge } from '../../../../src/features/faq/editing/changes/merge.ts'
import { pastAnswersOf } from '../../../../src/features/faq/editing/past-answers.ts'
import { exportFiles } from '../../../../src/features/faq/editing/sheets/export.ts'
import { indexKnowledge } from '../../../../src/features/faq/editing/trials/live-finder.ts'
import { entryYaml, headYaml } from '../knowledge-samples.ts'
import { chen, filesWith, lin, openSmallEditor, placeOfOne, secondYaml } from '../small-editor.ts'

describe('an edit', () => {
  test('changes nothing before another person lets it go live, and everything at once then', async () => {
    const { editor, edit } = await openSmallEditor()
    const { number } = await edit({ short: '最高50万元。', otherQuestions: ['补多少钱', '封顶是几多'] })
    expect(editor.liveEntries.entry('one')?.short).toBe('最高30万元。')
    await expect(editor.approve(number, chen, false)).rejects.toThrow('要由另一位审核人来批准')
    await editor.approve(number, lin, false)
    expect(editor.liveEntries.entry('one')?.short).toBe('最高50万元。')
    expect((await editor.search('封顶是几多')).ranked[0]).toMatchObject({
      item: { id: 'one' },
      wording: '封顶是几多',
    })
  })
  test('may be approved by its author where one person does it all', async () => {
    const { editor, edit } = await openSmallEditor({ isOnePerson: true })
    await editor.approve((await edit({ short: '最高50万元。' })).number, chen, false)
    expect(editor.liveEntries.entry('one')?.short).toBe('最高50万元。')
  })
  test('is still there after a restart, with its history', async () => {
    const before = await openSmallEditor()
    await before.editor.approve((await before.edit({ short: '最高50万元。' })).number, lin, false)
    const { editor, edit } = await openSmallEditor({ world: before.world })
    expect(editor.liveEntries.entry('one')?.short).toBe('最高50万元。')
    expect(editor.changes.list()).toMatchObject([
      {
        by: chen,
        decided: { by: lin },
        steps: [{ before: { short: '最高30万元。' }, after: { short: '最高50万元。' } }],
      },
    ])
    await editor.approve((await edit({ short: '最高60万元。' })).number, lin, false)
    await editor.approve((await edit({ otherQuestions: ['补多少钱', '给多少'] })).number, lin, false)
    const past = pastAnswersOf(editor.changes.list(), 'one')
    expect(past.map(({ text }) => text.split('\n')[0])).toEqual(['最高50万元。', '最高30万元。'])
    expect(pastAnswersOf(editor.changes.list(), 'two')).toEqual([])
  })
  test('is found also where the files were indexed before the store was open', async () => {
    const before = await openSmallEditor()
    const wording = { short: '最高50万元。', otherQuestions: ['补多少钱', '封顶是几多'] }
    await before.editor.approve((await before.edit(wording)).number, lin, false)
    const finder = await indexKnowledge(filesWith())
    const { editor, told } = await openSmallEditor({ world: before.world, finder })
    expect(await told('封顶是几多')).toBe('最高50万元。')
    expect(await told('高企去哪里申请')).toBe('到认定管理工作网申请。')
    expect(finder.size()).toBe(editor.entries().length)
  })
  test('is checked by the schema of the files: field and reason in Chinese', async () => {
    const { edit } = await openSmallEditor()
    await expect(edit({ effectiveUntil: '2026-02-31' })).rejects.toThrow('止：日历上没有这一天')
    await expect(edit({ documents: [] })).rejects.toThrow('依据：没有来源文件')
    await expect(edit({ replacedBy: 'nobody' })).rejects.toThrow('被哪条接替：没有这个条目：nobody')
    await expect(edit({ documents: ['rules', 'other'] })).rejects.toThrow(
      '依据：本文件的 documents 里没有：other',
    )
    await expect(edit({})).rejects.toThrow('完全一样')
  })
  test('that closes a circle of replacements is refused', async () => {
    const { editor, edit } = await openSmallEditor()
    await editor.approve((await edit({ replacedBy: 'two' })).number, lin, false)
    const place = { ...placeOfOne, name: 'two' }
    const before = { ...editor.state().base.get('hnte')?.entries[1] }
    const steps = [{ ...place, before, after: { ...before, replacedBy: 'one' } }]
    await expect(editor.propose({ kind: 'edit', note: '', steps }, chen)).rejects.toThrow('接替关系绕成了圈')
  })
  test('of a new entry with the id of another is refused', async () => {
    const { editor, pieceOf } = await openSmallEditor()
    const steps = [{ ...placeOfOne, after: { ...pieceOf(), short: '另一条。' } }]
    await expect(editor.propose({ kind: 'edit', note: '', steps }, chen)).rejects.toThrow('已经有这个编号了')
  })
  test("merges with another person's change meanwhile, where the fields differ", async () => {
    const { editor, edit, pieceOf } = await openSmallEditor()
    const seen = pieceOf()
    const mine = await edit({ short: '最高50万元。' }, chen, seen)
    const wordings = await edit({ otherQuestions: ['补多少钱', '给多少'] }, chen, seen)
    const more = await edit({ otherQuestions: ['补多少钱', '有几万'] }, chen, seen)
    for (const { number } of [mine, wordings, more]) await editor.approve(number, lin, false)
    expect(editor.liveEntries.entry('one')).toMatchObject({
      short: '最高50万元。',
      otherQuestions: ['补多少钱', '给多少', '有几万'],
    })
  })
  test('is refused where both changed the same field', async () => {
    const { editor, edit, pieceOf } = await openSmallEditor()
    const seen = pieceOf()
    const [one, other] = [
      await edit({ short: '最高50万元。' }, chen, seen),
      await edit({ short: '最高60万元。' }, chen, seen),
    ]
    await editor.approve(one.number, lin, false)
    await expect(editor.approve(other.number, lin, false)).rejects.toThrow(
      '第一行：你打开以后，别人也改了这一栏',
    )
    expect(editor.liveEntries.entry('one')?.short).toBe('最高50万元。')
  })
  test('can be given back with a reason, or taken back by who wrote it, and is decided once', async () => {
    const { editor, edit } = await openSmallEditor()
    const first = await edit({ short: '最高50万元。' })
    await editor.giveBack(first.number, lin, '文号不对')
    await expect(editor.approve(first.number, lin, false)).rejects.toThrow('已经有人处理过了')
    const second = await edit({ short: '最高50万元。' })
    await expect(editor.takeBack(second.number, lin)).rejects.toThrow('只有提交的人能收回')
    await editor.takeBack(second.number, chen)
    expect(editor.changes.list().map(({ state }) => state)).toEqual(['taken-back', 'returned'])
  })
})

test('withdrawing needs no second person, and is heard of at once', async () => {
  const { editor, told } = await openSmallEditor()
  expect(await told('高企在哪个网站报')).toBe('到认定管理工作网申请。')
  await editor.withdraw({ ...placeOfOne, name: 'two' }, chen, '网址换了')
  expect(await told('高企在哪个网站报')).not.toBe('到认定管理工作网申请。')
  expect(editor.liveEntries.entry('two')).toBeUndefined()
  expect(editor.changes.list()[0]).toMatchObject({ kind: 'withdraw', note: '网址换了', state: 'live' })
})

describe('the release gate', () => {
  const questions = [
    { question: '高企在哪个网站报', expected: ['two'] },
    { question: '今天天气怎么样', expected: [] },
  ]
  const worse = { question: '别的什么？', otherQuestions: ['别的'], short: '别的。' }
  async function openWithWorse(isGateOn: boolean) {
    const opened = await openSmallEditor({ questions, isGateOn })
    const place = { ...placeOfOne, name: 'two' }
    const before = opened.pieceOf(place)
    const steps = [{ ...place, before, after: { ...before, ...worse } }]
    return { ...opened, change: await opened.editor.propose({ kind: 'edit', note: '', steps }, chen) }
  }

  test('holds what makes the shipped questions do worse, and says which', async () => {
    const { editor, change } = await openWithWorse(true)
    const held = await editor.approve(change.number, lin, false)
    expect(held).toMatchObject({
      before: { hits: 2 },
      after: { hits: 1 },
      worse: [{ question: '高企在哪个网站报' }],
    })
    expect(editor.liveEntries.entry('two')?.short).toBe('到认定管理工作网申请。')
  })
  test('lets it through where a reviewer has seen it, and keeps that in the history', async () => {
    const { editor, change } = await openWithWorse(true)
    await editor.approve(change.number, lin, true)
    expect(editor.liveEntries.entry('two')?.short).toBe('别的。')
    expect(editor.changes.find(change.number)?.decided).toMatchObject({
      isOverridden: true,
      gate: { after: { hits: 1 } },
    })
  })
  test('can be switched off', async () => {
    const { editor, change } = await openWithWorse(false)
    await editor.approve(change.number, lin, false)
    expect(editor.liveEntries.entry('two')?.short).toBe('别的。')
  })
})

describe('files and edits', () => {
  const editedFile = entryYaml.replace('最高30万元。', '最高50万元。')
  const newerFile = entryYaml.replace('最高30万元。', '最高80万元。')
  async function edited() {
    const opened = await openSmallEditor()
    await opened.editor.approve((await opened.edit({ short: '最高50万元。' })).number, lin, false)
    return opened
  }
  const reopen = (world: Awaited<ReturnType<typeof edited>>['world'], first: string) =>
    openSmallEditor({ world, entries: first + secondYaml })

  test('a file that was not touched since leaves the edit in peace', async () => {
    const { editor } = await reopen((await edited()).world, entryYaml)
    expect(editor.state().disputes).toEqual([])
  })
  test('a file that says what the edit says ends it', async () => {
    const { editor } = await reopen((await edited()).world, editedFile)
    expect(editor.state()).toMatchObject({ disputes: [], setAside: [] })
    expect(editor.liveEntries.entry('one')?.short).toBe('最高50万元。')
  })
  test('the exported files are such files', async () => {
    const { editor, world } = await edited()
    const [file] = exportFiles(editor.sources, editor.state().base, 'data/faq')
    expect(file?.text.startsWith(headYaml)).toBe(true)
    const entries = file?.text.slice(headYaml.length) ?? ''
    const again = await openSmallEditor({ world, entries })
    expect(again.editor.state()).toMatchObject({ disputes: [], setAside: [] })
    expect(again.editor.state().base).toEqual(again.editor.seed)
  })
  test('a file that changed otherwise is shown beside the edit, which waits until a person decides', async () => {
    const { world } = await edited()
    const { editor } = await reopen(world, newerFile)
    expect(editor.liveEntries.entry('one')?.short).toBe('最高50万元。')
    expect(editor.state().disputes).toMatchObject([
      { place: placeOfOne, ours: { short: '最高50万元。' }, file: { short: '最高80万元。' } },
    ])
    expect(world.alarms.list()).toMatchObject([
      { text: expect.stringContaining('在控制台改过、文件后来也改了') },
    ])
    await editor.settle(placeOfOne, 'file', lin)
    expect(editor.liveEntries.entry('one')?.short).toBe('最高80万元。')
    expect(world.alarms.list()).toEqual([])
    expect((await reopen(world, newerFile)).editor.state().disputes).toEqual([])
  })
  test('kept as it is, the edit is in dispute again only when the file changes once more', async () => {
    const { world } = await edited()
    await (await reopen(world, newerFile)).editor.settle(placeOfOne, 'ours', lin)
    const again = await reopen(world, newerFile)
    expect(again.editor.state().disputes).toEqual([])
    expect(again.editor.liveEntries.entry('one')?.short).toBe('最高50万元。')
    expect(
      (await reopen(world, editedFile.replace('福建省', '福州市'))).editor.state().disputes,
    ).toHaveLength(1)
  })
  test('an entry that its file left out is withdrawn if the file is chosen', async () => {
    const { world } = await edited()
    const { editor } = await reopen(world, '')
    expect(editor.state().disputes).toMatchObject([{ place: placeOfOne, file: undefined }])
    await editor.settle(placeOfOne, 'file', lin)
    expect(editor.liveEntries.entry('one')).toBeUndefined()
  })
  test('an edit that does not fit the files any more is set aside and said so; the file holds', async () => {
    const opened = await openSmallEditor()
    await opened.editor.approve((await opened.edit({ replacedBy: 'two' })).number, lin, false)
    const { editor } = await openSmallEditor({ world: opened.world, entries: entryYaml })
    expect(editor.state().setAside).toMatchObject([
      { place: placeOfOne, reason: expect.stringContaining('没有这个条目：two') },
    ])
    expect(editor.liveEntries.entry('one')?.replacedBy).toBeUndefined()
    expect(opened.world.alarms.list()).toHaveLength(1)
  })
})

describe('from the inbox', () => {
  test('a draft holds the question and its other wordings', async () => {
    const { inbox, drafts } = await openSmallEditor()
    expect(await inbox.draftEntry('个体户怎么转公司', ['个转企'], chen)).toMatch(/^\/knowledge\/drafts\/\w+$/)
    expect(await drafts.list()).toMatchObject([
      { fields: { question: '个体户怎么转公司', otherQuestions: '个转企' }, by: chen },
    ])
  })
  test('a wording waits for a reviewer; several for one entry all come in', async () => {
    const { inbox, editor } = await openSmallEditor()
    await inbox.addWording('one', '给几个钱', chen)
    await inbox.addWording('one', '到手多少', chen)
    expect(editor.liveEntries.entry('one')?.otherQuestions).toEqual(['补多少钱'])
    for (const { number } of editor.changes.list()) await editor.approve(number, lin, false)
    expect(editor.liveEntries.entry('one')?.otherQuestions).toEqual(['补多少钱', '到手多少', '给几个钱'])
  })
  test('a wording that some entry has is refused', async () => {
    const { inbox } = await openSmallEditor()
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
