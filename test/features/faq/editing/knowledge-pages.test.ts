import ExcelJS from 'exceljs'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { partWords } from '../../../../src/features/faq/editing/trials/score-words.ts'
import { featureNames } from '../../../../src/features/faq/finder/features/features.ts'
import type { Item } from '../../../../src/ports/items.ts'
import type { Store } from '../../../../src/ports/store.ts'
import { inShanghai } from '../../../../src/text/dates/time.ts'
import { createWorld } from '../../../conversation.ts'
import { sampleItem } from '../../../sample-item.ts'
import { openOffice } from '../knowledge-office.ts'
import { entryYaml } from '../knowledge-samples.ts'
import { secondYaml } from '../small-editor.ts'

const edit = '/knowledge/entries/one/edit'
const first = '/knowledge/changes/1'
const approveFirst = `${first}/approve`

async function sheetOf(rows: string[][]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('问题').addRows(rows)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

describe('the list', () => {
  test('shows each entry with its state and age, and finds by wording and state', async () => {
    const { read } = await openOffice({
      entries:
        entryYaml.replace('    verifiedOn', '    effectiveUntil: 2026-10-01\n    verifiedOn') + secondYaml,
    })
    const page = await read('/knowledge')
    expect(page).toContain('知识条目（2 条）')
    expect(page).toContain('已过期')
    expect(page).toContain('89 天前')
    expect(await read('/knowledge?q=申请高企找谁')).not.toContain('能补多少？')
    expect(await read('/knowledge?show=due')).not.toContain('高企去哪里申请？')
    expect(await read('/knowledge?q=没有的词')).toContain('没有这样的条目')
  })
  test('is for organizers and reviewers', async () => {
    const { read, asMaker } = await openOffice()
    asMaker()
    expect(await read('/knowledge')).toContain('知识只有组织者和审核人能看。')
  })
})

describe('an entry', () => {
  test('is named by its question, and its id stands only where the sheet needs it', async () => {
    const { read, formAt, send } = await openOffice()
    const page = await read('/knowledge/entries/two')
    expect(page).toContain('<title>高企去哪里申请？ · 创客</title>')
    expect(page).toMatch(/<h1>高企去哪里申请？/u)
    expect(page.match(/>two</gu)).toHaveLength(1)
    expect(page).toContain('<dt>知识表里的编号</dt><dd>two</dd>')
    await send('/knowledge/submit', { ...(await formAt('/knowledge/entries/two/edit')), short: '看通知。' })
    for (const path of ['/knowledge/changes', '/knowledge/changes/1']) {
      const shown = await read(path)
      expect(shown).toContain('高企去哪里申请？')
      expect(shown).not.toMatch(/>two</u)
    }
  })
})

describe('the words of makers', () => {
  test('stand beside an entry that says what they mean, with what it says of it', async () => {
    const { read } = await openOffice({ makersWords: { 封顶: ['最高', '上限'], 牌子: ['高企'] } })
    const page = await read('/knowledge/entries/one')
    expect(page).toContain('创客的说法 1 种')
    expect(page).toContain('<li>封顶（最高）</li>')
    expect(page).not.toContain('牌子')
    expect(await read('/knowledge/entries/two')).toContain('<li>牌子（高企）</li>')
  })
  test('are not spoken of where none is known', async () => {
    const { read } = await openOffice()
    expect(await read('/knowledge/entries/one')).not.toContain('创客的说法')
  })
})

describe('the editor', () => {
  test('sent as it was opened changes nothing', async () => {
    const { formAt, send } = await openOffice()
    expect(await send('/knowledge/submit', await formAt(edit))).toContain('完全一样')
  })
  test('hands an edit in; a reviewer sees it before and after, and lets it go live', async () => {
    const { formAt, send, read, asReviewer, answerer, world } = await openOffice()
    const form = await formAt(edit)
    const page = await send('/knowledge/submit', { ...form, short: '最高50万元。', note: '文件改了' })
    expect(page).toContain('自己写的要由另一位审核人批准')
    expect(page).toContain('文件改了')
    expect(await send(approveFirst, await formAt(first))).toContain('要由审核人来做')
    asReviewer()
    expect(await read('/knowledge/changes/1')).toMatch(/最高30万元。[\s\S]*最高50万元。/u)
    expect(await read('/knowledge/changes/1/gate')).toContain('没有变差')
    expect(await send(approveFirst, await formAt(first))).toContain('已上线')
    expect((await answerer.answer('补多少钱', world.clock.now()))[0]?.text).toContain('最高50万元。')
    expect(await read('/knowledge/entries/one')).toContain('第一行：最高30万元。 → 最高50万元。')
  })
  test('says beside each field what is wrong, and keeps what was typed', async () => {
    const { formAt, send } = await openOffice()
    const page = await send('/knowledge/submit', {
      ...(await formAt(edit)),
      effectiveUntil: '2026-02-31',
      short: '打了半天的字',
    })
    expect(page).toContain('止：日历上没有这一天')
    expect(page).toContain('<small class="problem">日历上没有这一天</small>')
    expect(page).toContain('value="打了半天的字"')
  })
  test('shows while one types what the group would see, or what still stands in the way', async () => {
    const { formAt, send } = await openOffice()
    const form = await formAt(edit)
    expect(await send('/knowledge/preview', { ...form, short: '最高50万元。' })).toMatch(
      /<div class="bubble">最高50万元。/u,
    )
    expect(await send('/knowledge/preview', { ...form, short: '' })).toContain('第一行：')
    const unplaced = await send('/knowledge/preview', { ...form, programme: '', id: '' })
    expect(unplaced).toContain('项目：请选一个')
    expect(unplaced).not.toContain('编号')
  })
  test('brings an older text back as a change that is reviewed like any other', async () => {
    const { formAt, send, asReviewer, read } = await openOffice()
    const before = await formAt(edit)
    await send('/knowledge/submit', { ...before, short: '最高50万元。' })
    asReviewer()
    await send(approveFirst, await formAt(first))
    const back = /href="([^"]*\?before=1)"/u.exec(await read('/knowledge/entries/one'))?.[1] ?? ''
    const form = await formAt(back)
    expect(form.short).toBe(before.short)
    expect(form.note).toBe('改回 1 号改动以前的样子')
    expect(await send('/knowledge/submit', form)).toContain('待审核')
    expect(await read(`${edit}?before=7`)).toContain('7 号改动以前没有这一条')
  })
  test('takes back no change of a document that another editor made while the form was open', async () => {
    const { formAt, send, asReviewer, read } = await openOffice()
    const [mine, other] = [await formAt(edit), await formAt(edit)]
    await send('/knowledge/submit', { ...other, 'doc.rules.number': '榕科〔2026〕9号' })
    asReviewer()
    await send(approveFirst, await formAt(first))
    const handedIn = await send('/knowledge/submit', { ...mine, short: '最高50万元。' })
    expect(handedIn).toContain('<span class="come">最高50万元。</span>')
    expect(handedIn).not.toContain('文件：某某办法')
    expect((await formAt(edit))['doc.rules.number']).toBe('榕科〔2026〕9号')
    const clash = { ...mine, 'doc.rules.number': '榕科〔2026〕7号' }
    expect(await send('/knowledge/submit', clash)).toContain('别人也改了这一栏')
    expect(await read('/knowledge/entries/one')).toContain('9号')
  })
  test('takes lines in their order, drops emptied ones and adds a document', async () => {
    const { formAt, send, asReviewer, read } = await openOffice()
    const form = await formAt(edit)
    await send('/knowledge/submit', {
      ...form,
      'd0.text': '',
      'd1.about': 'note',
      'd1.text': '后说这句。',
      'd1.order': '2',
      'd2.about': 'amount',
      'd2.text': '先说这句。',
      'd2.order': '1',
      'doc..title': '新办法',
      'doc..issuer': '某局',
    })
    asReviewer()
    await send(approveFirst, await formAt(first))
    const page = await read('/knowledge/entries/one')
    expect(page).toMatch(/标准：先说这句。\n注意：后说这句。/u)
    expect(page).toContain('《新办法》（文号和日期未核到）')
  })
  test('keeps a draft that is not finished, goes on with it, and lets go of it once it is handed in', async () => {
    const { send, read, formAt } = await openOffice()
    await send('/knowledge/save', { question: '个体户怎么转公司？', programme: 'hnte' })
    const path = /href="(\/knowledge\/drafts\/\w+)"/u.exec(await read('/knowledge'))?.[1] ?? ''
    const form = await formAt(path)
    expect(form.question).toBe('个体户怎么转公司？')
    const whole = {
      ...form,
      id: 'new-one',
      short: '先问区里。',
      otherQuestions: '个转企',
      owner: '政策咨询',
      ask: '区里',
      policy: 'refer_only',
      verifiedOn: '2026',
    }
    expect(await send('/knowledge/submit', whole)).toContain('新写了一条：个体户怎么转公司？')
    expect(await read('/knowledge')).not.toContain('没写完的')
  })
})

describe('the release gate', () => {
  const questions = [{ question: '高企在哪个网站报', expected: ['two'] }]
  test('stands between a reviewer and what makes the shipped questions do worse', async () => {
    const { formAt, send, asReviewer, answerer, world } = await openOffice({ questions })
    const form = await formAt('/knowledge/entries/two/edit')
    await send('/knowledge/submit', {
      ...form,
      question: '别的什么？',
      otherQuestions: '别的',
      short: '别的。',
    })
    asReviewer()
    const held = await send(approveFirst, await formAt(first))
    expect(held).toContain('随程序带的自测会变差，所以还没有上线')
    expect(held).toContain('高企在哪个网站报：答对 → ')
    expect((await answerer.answer('高企在哪个网站报', world.clock.now()))[0]?.text).toContain(
      '到认定管理工作网申请。',
    )
    expect(await send(approveFirst, { ...(await formAt(first)), override: 'yes' })).toContain(
      '自测变差，审核人看过仍然放行',
    )
  })
})

test('with one person on duty the console says so, and lets them approve their own', async () => {
  const { formAt, send, asReviewer, read } = await openOffice({ isOnePerson: true })
  asReviewer()
  await send('/knowledge/submit', { ...(await formAt(edit)), short: '最高50万元。' })
  expect(await read('/knowledge/changes')).toContain('一人模式开着')
  expect(await send(approveFirst, await formAt(first))).toContain('已上线')
})

test('an approval holds for what the page showed', async () => {
  const { formAt, send, read, asReviewer } = await openOffice()
  await send('/knowledge/submit', { ...(await formAt(edit)), short: '最高50万元。' })
  asReviewer()
  const seen = /name="seen" value="(\w+)"/u.exec(await read('/knowledge/changes/1'))?.[1] ?? ''
  expect(seen).not.toBe('')
  for (const unseen of [{}, { seen: '' }, { seen: 'another' }])
    expect(await send(approveFirst, unseen)).toContain('这次没有批准')
  expect(await send(approveFirst, { seen })).toContain('已上线')
})

test('a change can be given back with a reason, and taken back', async () => {
  const { formAt, send, asReviewer, asOrganizer } = await openOffice()
  await send('/knowledge/submit', { ...(await formAt(edit)), short: '最高50万元。' })
  asReviewer()
  expect(await send('/knowledge/changes/1/return')).toContain('请写上为什么退回')
  expect(await send('/knowledge/changes/1/return', { note: '文号不对' })).toContain('文号不对')
  asOrganizer()
  await send('/knowledge/submit', { ...(await formAt(edit)), short: '最高60万元。' })
  expect(await send('/knowledge/changes/2/take-back')).toContain('收回')
})

test('the try-it box says what it would say, why, and where every point comes from', async () => {
  const { read } = await openOffice()
  const page = await read(`/knowledge/try/result?q=${encodeURIComponent('高企在哪个网站报')}`)
  expect(page).toMatch(/<div class="bubble">到认定管理工作网申请。/u)
  expect(page).toContain('才直接答')
  expect(page).toContain('每一分从哪里来')
  const sum = [
    ...(page.split('</details>')[0]?.matchAll(/data-label="得分" class="number">([+−])([\d.]+)/gu) ?? []),
  ].reduce((all, [, sign, value]) => all + (sign === '+' ? 1 : -1) * Number(value), 0)
  expect(sum).toBeCloseTo(Number(/，([\d.-]+) 分/u.exec(page)?.[1]), 0)
  expect(await read(`/knowledge/try/result?q=${encodeURIComponent('👍')}`)).toContain('没有可读的话')
})

test('every part of the score has a word that people can read', () => {
  expect(featureNames.filter(name => partWords[name] === undefined)).toEqual([])
})

describe('a batch test', () => {
  const rows = [
    ['问题', '应答条目'],
    ['高企在哪个网站报', 'two'],
    ['补多少钱', '能补多少？'],
    ['今天天气怎么样', '无'],
    ['申请高企找谁', 'one'],
  ]
  test('says hits, wrong and refused, and what changed since the last run of the same questions', async () => {
    const { sendFile, formAt, send, asReviewer } = await openOffice()
    const first = await sendFile('/knowledge/tests', await sheetOf(rows), '问题.xlsx')
    expect(first).toContain('问了 4 个，答对 3（75%）')
    expect(first).toContain('第一次试这些问题')
    await send('/knowledge/submit', { ...(await formAt(edit)), otherQuestions: '补多少钱\n申请高企找谁呢' })
    asReviewer()
    await send('/knowledge/entries/two/withdraw', { note: '网址换了' })
    const second = await sendFile('/knowledge/tests', await sheetOf(rows), '问题.xlsx')
    expect(second).toContain('和上次')
    expect(second).toMatch(/变差 \d 个/u)
    expect(second).toContain('高企在哪个网站报：答对 → ')
  })
  test('refuses expectations that it does not know, by row, and files without the two columns', async () => {
    const { sendFile } = await openOffice()
    expect(
      await sendFile('/knowledge/tests', await sheetOf([...rows, ['问', '没有的']]), 'a.xlsx'),
    ).toContain('第 6 行：没有「没有的」这个条目或项目')
    expect(await sendFile('/knowledge/tests', await sheetOf([['a', 'b']]), 'a.xlsx')).toContain(
      '第一行要有「问题」和「应答条目」两列',
    )
  })
  test('gives its results as a sheet that can be run again', async () => {
    const { sendFile, bytesOf } = await openOffice()
    await sendFile('/knowledge/tests', await sheetOf(rows), '问题.xlsx')
    expect(
      await sendFile('/knowledge/tests', await bytesOf('/knowledge/tests/1/result.xlsx'), '结果.xlsx'),
    ).toContain('问了 4 个，答对 3（75%）')
    expect(
      await sendFile('/knowledge/tests', await bytesOf('/knowledge/tests/sample.xlsx'), '样表.xlsx'),
    ).toContain('表格里没有问题')
  })
})

describe('sheets and files', () => {
  test('a sheet goes out, comes back edited, waits for a reviewer and goes live as a whole', async () => {
    const { bytesOf, formAt, sendFile, send, asReviewer, read } = await openOffice()
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((await bytesOf('/knowledge/sheet/export.xlsx')).slice().buffer as ArrayBuffer)
    const sheet = book.getWorksheet('条目')
    for (const line of [2, 3]) if (sheet) sheet.getCell(line, 5).value = `第 ${line} 行改了。`
    const page = await sendFile(
      '/knowledge/sheet',
      new Uint8Array(await book.xlsx.writeBuffer()),
      '知识表.xlsx',
    )
    expect(page).toContain('新增 0 行，修改 2 行')
    expect(page).toContain('交给审核人，改动 2 行')
    expect(await send('/knowledge/sheet/confirm')).toContain('导入表格，2 条有改动（知识表.xlsx）')
    asReviewer()
    await send(approveFirst, await formAt(first))
    expect(await read('/knowledge/entries/two')).toContain('第 3 行改了。')
  })
  test('what was edited comes back as files, each by itself and in one zip', async () => {
    const { formAt, send, asReviewer, read, bytesOf } = await openOffice()
    expect(await read('/knowledge/files')).toContain('没有要写回去的')
    await send('/knowledge/submit', { ...(await formAt(edit)), short: '最高50万元。' })
    asReviewer()
    await send(approveFirst, await formAt(first))
    expect(await read('/knowledge/files/hnte.yaml')).toContain('short: 最高50万元。')
    const zip = unzipSync(await bytesOf('/knowledge/files/changed.zip'))
    expect(Object.keys(zip)).toEqual(['faq/hnte.yaml'])
    expect(new TextDecoder().decode(zip['faq/hnte.yaml'])).toBe(await read('/knowledge/files/hnte.yaml'))
  })
})

test.each([
  '/knowledge/entries/none',
  '/knowledge/drafts/none',
  '/knowledge/changes/99',
  '/knowledge/tests/99',
])('%s is met with a sentence', async path => {
  const { read } = await openOffice()
  expect(await read(path)).toMatch(/没有/u)
})

test('a new entry without an id gets one of its programme', async () => {
  const { send } = await openOffice()
  const fields = {
    programme: 'hnte',
    question: '高企能送人吗？',
    otherQuestions: '高企转让',
    short: '先问区里。',
    region: '国家',
    owner: '政策咨询',
    ask: '区里',
    policy: 'refer_only',
    facts: '控制台',
  }
  expect(await send('/knowledge/submit', fields)).toContain('hnte-1')
})

test('an unwanted draft is thrown away', async () => {
  const { send, read } = await openOffice()
  await send('/knowledge/save', { question: '个体户怎么转公司？', programme: 'hnte' })
  const path = /href="(\/knowledge\/drafts\/\w+)"/u.exec(await read('/knowledge'))?.[1] ?? ''
  expect(await send(`${path}/remove`)).toContain('草稿删掉了')
  expect(await read(path)).toContain('这份草稿已经没有了')
})

test('a draft that two people have open keeps what both of them wrote', async () => {
  const { send, read, formAt, asReviewer } = await openOffice()
  await send('/knowledge/save', { question: '个体户怎么转公司？', programme: 'hnte' })
  const path = /href="(\/knowledge\/drafts\/\w+)"/u.exec(await read('/knowledge'))?.[1] ?? ''
  const mine = await formAt(path)
  asReviewer()
  const theirs = { ...(await formAt(path)), short: '先问区里。', 'd0.text': '带上执照。' }
  await send('/knowledge/save', theirs)
  expect(await send('/knowledge/save', theirs), 'a double click').not.toContain('刚被')
  const typed = { ...mine, short: '先问市里。' }
  for (const to of ['/knowledge/save', '/knowledge/submit', `${path}/remove`]) {
    const refused = await send(to, typed)
    expect(refused, to).toContain('这份草稿刚被林敏改过')
    expect(refused, to).toContain('「第一行」现在是「先问区里。」')
    expect(refused, to).toContain('value="先问市里。"')
    expect((await formAt(path)).short, to).toBe('先问区里。')
  }
  const seen = /name="draftSeen" value="(\w+)"/u.exec(await send('/knowledge/save', typed))?.[1] ?? ''
  expect(await send('/knowledge/save', { ...typed, draftSeen: seen })).not.toContain('刚被')
  expect((await formAt(path)).short).toBe('先问市里。')
})

test('a draft says what another press does: it is kept, handed in or thrown away', async () => {
  const { send, read, formAt, asReviewer } = await openOffice()
  await send('/knowledge/save', { question: '个体户怎么转公司？', programme: 'hnte' })
  const path = /href="(\/knowledge\/drafts\/\w+)"/u.exec(await read('/knowledge'))?.[1] ?? ''
  const mine = { ...(await formAt(path)), short: '先问市里。' }
  asReviewer()
  await send('/knowledge/save', { ...(await formAt(path)), short: '先问区里。' })
  expect(await send('/knowledge/save', mine)).toContain('下面是你填的，核对一下再存，就按你填的存。')
  expect(await send('/knowledge/submit', mine)).toContain('下面是你填的，核对一下再交，就按你填的交。')
  const refused = await send(`${path}/remove`, mine)
  expect(refused).toContain('还要删就再点一次。')
  expect(refused).not.toContain('再存')
  const seen = /name="draftSeen" value="(\w+)"/u.exec(refused)?.[1] ?? ''
  await send(`${path}/remove`, { ...mine, draftSeen: seen })
  expect(await read(path)).toContain('这份草稿已经没有了')
})

/** The world, where this happens once, as soon as a change has been kept. */
function worldWithMeanwhile(happen: () => Promise<unknown>) {
  const world = createWorld()
  let isDue = true
  const store: Store = {
    ...world.store,
    collection(name, schema, options) {
      const records = world.store.collection(name, schema, options)
      if (name !== 'entry-changes') return records
      return {
        ...records,
        async update(key, change) {
          const kept = await records.update(key, change)
          if (isDue) {
            isDue = false
            await happen()
          }
          return kept
        },
      }
    },
  }
  return { ...world, store }
}

test('what a colleague writes into a draft while it is handed in stays a draft', async () => {
  let colleague = async () => ''
  const world = worldWithMeanwhile(() => colleague())
  const { send, read, formAt } = await openOffice({ world })
  await send('/knowledge/save', { ...(await formAt(edit)), short: '最高50万元。' })
  const path = /href="(\/knowledge\/drafts\/\w+)"/u.exec(await read('/knowledge'))?.[1] ?? ''
  const mine = await formAt(path)
  colleague = () => send('/knowledge/save', { ...mine, short: '最高60万元。' })
  expect(await send('/knowledge/submit', mine)).toContain('待审核')
  expect((await formAt(path)).short).toBe('最高60万元。')
})

test('a draft that a colleague handed in or threw away is not written anew unseen', async () => {
  const { send, read, formAt } = await openOffice()
  await send('/knowledge/save', { question: '个体户怎么转公司？', programme: 'hnte' })
  const path = /href="(\/knowledge\/drafts\/\w+)"/u.exec(await read('/knowledge'))?.[1] ?? ''
  const mine = { ...(await formAt(path)), short: '先问市里。' }
  await send(`${path}/remove`, await formAt(path))
  const refused = await send('/knowledge/save', mine)
  expect(refused).toContain('这份草稿刚被交上去或者删掉了')
  expect(await read(path)).toContain('这份草稿已经没有了')
  const again = { ...mine, draftSeen: /name="draftSeen" value="(\w*)"/u.exec(refused)?.[1] ?? '' }
  await send('/knowledge/save', again)
  expect((await formAt(path)).short).toBe('先问市里。')
})

test('the documents to choose from are those of the programme that is chosen', async () => {
  const { send } = await openOffice()
  expect(await send('/knowledge/documents', { programme: 'hnte' })).toContain('某某办法')
  expect(await send('/knowledge/documents', { programme: '', 'doc.rules.title': '某某办法' })).not.toContain(
    '某某办法',
  )
})

test('a withdrawn entry comes back by way of the editor and a reviewer', async () => {
  const { send, formAt, asReviewer, read } = await openOffice()
  await send('/knowledge/entries/one/withdraw', { note: '写错了' })
  expect(await read('/knowledge/entries/one')).toContain('改好，上线')
  expect(await send('/knowledge/submit', await formAt(edit))).toContain('已撤下')
  asReviewer()
  await send('/knowledge/changes/2/approve', await formAt('/knowledge/changes/2'))
  expect(await read('/knowledge/entries/one')).toContain('在用')
})

test('an approved notice puts the entries that it concerns on the list to check, until they were checked', async () => {
  const items: Item[] = []
  const { read, formAt, send, asReviewer, world, feature } = await openOffice({ items })
  const today = inShanghai(world.clock.now()).toPlainDate()
  const title = '关于修订高新技术企业认定办法的通知'
  items.push(
    sampleItem('12', { title, publishedOn: today, programmeIds: ['hnte'], approvedAt: world.clock.now() }),
  )
  const list = await read('/knowledge?show=check')
  expect(list).toMatch(/要核 \d/u)
  expect(list).toContain('有新通知')
  expect(list).toContain('href="/items/12"')
  expect(await read('/knowledge/entries/two')).toContain('核实以后来了新通知')
  expect(await feature.chores?.()).toContainEqual(expect.objectContaining({ path: '/knowledge?show=check' }))
  const form = await formAt('/knowledge/entries/two/edit')
  await send('/knowledge/submit', { ...form, verifiedOn: today.toString() })
  asReviewer()
  await send(approveFirst, await formAt(first))
  expect(await read('/knowledge/entries/two')).not.toContain('核实以后来了新通知')
})

describe('a sheet of questions and answers', () => {
  const rows = [
    ['会议室怎么预约', '找前台登记，每次最多2小时。'],
    ['打印机在哪里', '二楼前台，9:00-18:00。'],
  ]

  test.each([
    ['with a header', [['问题', '答案'], ...rows]],
    ['with a title above', [['优空间常见问题', ''], [], ['常见 问题', '标准答复'], ...rows]],
    ['without a header', rows],
  ])('%s becomes drafts, once however often it is imported', async (_, cells) => {
    const { sendFile, send, read } = await openOffice()
    const bytes = await sheetOf(cells)
    const page = await sendFile('/knowledge/sheet', bytes, 'faq.xlsx')
    expect(page).toContain('收成草稿 2 条')
    expect(page).toContain('找前台登记，每次最多2小时。')
    expect(await send('/knowledge/sheet/confirm')).toContain('没写完的（2 份）')
    expect(await sendFile('/knowledge/sheet', bytes, 'faq.xlsx')).toContain('已有 2 条')
    expect(await read('/knowledge')).toContain('没写完的（2 份）')
    const [, id = ''] = /href="\/knowledge\/drafts\/([\w-]+)"/u.exec(await read('/knowledge')) ?? []
    const draft = await read(`/knowledge/drafts/${id}`)
    expect(draft).toMatch(/会议室怎么预约|打印机在哪里/u)
    expect(draft).toMatch(/找前台登记|二楼前台/u)
  })

  test('keeps a long answer whole and its source, and says which rows it does not take', async () => {
    const { sendFile, send, read } = await openOffice()
    const long = `先到前台登记。${'再按楼层去找各自的管理员确认时间，'.repeat(8)}最后签字。`
    const bytes = await sheetOf([
      ['序号', '咨询问题', '参考答案', '来源'],
      ['1', '会议室怎么约', `${long}\n周末另说。`, 'https://example.org/rules'],
      ['2', '', '没有问题的一行', ''],
      ['3', '车位怎么办', '', ''],
    ])
    const page = await sendFile('/knowledge/sheet', bytes, 'faq.xlsx')
    expect(page).toContain('收成草稿 2 条，不收 1 条')
    expect(page).toContain('没有写问题')
    expect(page).toContain('还没有答案')
    await send('/knowledge/sheet/confirm')
    const ids = [...(await read('/knowledge')).matchAll(/href="\/knowledge\/drafts\/([\w-]+)"/gu)]
    const drafts = await Promise.all(ids.map(([, id]) => read(`/knowledge/drafts/${id}`)))
    const found = drafts.find(draft => draft.includes('会议室怎么约')) ?? ''
    for (const part of ['先到前台登记。', long.slice(7), '周末另说。', 'https://example.org/rules'])
      expect(found).toContain(part)
  })

  test('with another answer to a known question says so and drafts the change', async () => {
    const { sendFile, send, read, formAt } = await openOffice()
    const form = await formAt('/knowledge/entries/two/edit')
    const bytes = await sheetOf([
      ['问题', '答案'],
      ['打印机在哪里', '二楼前台。'],
      ['打印机在哪里？', '三楼茶水间。'],
      ['打印机在哪里', '二楼前台。'],
      [form.question ?? '', '表里写的另一个答案。'],
      [form.question ?? '', form.short ?? ''],
    ])
    const page = await sendFile('/knowledge/sheet', bytes, 'faq.xlsx')
    expect(page).toContain('收成草稿 3 条，其中和已有的答案不一样 2 条，已有 2 条。')
    expect(page).toContain('第 2 行是另一个答案')
    expect(page).toContain('条目里是另一个答案')
    await send('/knowledge/sheet/confirm')
    const ids = [...(await read('/knowledge')).matchAll(/href="\/knowledge\/drafts\/([\w-]+)"/gu)]
    const drafts = await Promise.all(ids.map(([, id]) => formAt(`/knowledge/drafts/${id}`)))
    expect(drafts.map(({ short }) => short).sort()).toEqual(
      ['三楼茶水间。', '二楼前台。', '表里写的另一个答案。'].sort(),
    )
    expect(drafts.find(({ id }) => id === 'two')).toMatchObject({
      seen: form.seen,
      programme: form.programme,
    })
    expect(await sendFile('/knowledge/sheet', bytes, 'faq.xlsx')).toContain('<p>已有 5 条。</p>')
  })

  test('is taken wholly or not at all where the limit of drafts is too low', async () => {
    const { sendFile, send, read } = await openOffice()
    const many = Array.from({ length: 201 }, (_, at) => [`第${at}个问题怎么办`, '问前台。'])
    await sendFile('/knowledge/sheet', await sheetOf([['问题', '答案'], ...many]), 'faq.xlsx')
    expect(await send('/knowledge/sheet/confirm')).toContain('草稿最多 200 份')
    expect(await read('/knowledge')).not.toContain('没写完的')
  })
})
