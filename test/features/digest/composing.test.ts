import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createPictures } from '../../../src/adapters/pictures.ts'
import { extractLines } from '../../../src/features/digest/content/extract.ts'
import { composeText, longestText, splitText } from '../../../src/features/digest/content/layout.ts'
import { characterWidthOf, wrapLines } from '../../../src/features/digest/content/line-breaks.ts'
import { writeLines } from '../../../src/features/digest/content/model-lines.ts'
import { drawText } from '../../../src/features/digest/content/picture.ts'
import { lineFaults } from '../../../src/features/digest/content/source-checks.ts'
import { sayUnconfirmed } from '../../../src/features/digest/content/unconfirmed-days.ts'
import { chooseItems, isCurrent, lastDayOf } from '../../../src/features/digest/content/validity.ts'
import { itemOfSeed } from '../../../src/features/items/seed.ts'
import { readSeed } from '../../../src/features/items/seed-file.ts'
import type { Item } from '../../../src/ports/items.ts'
import type { LanguageModel } from '../../../src/ports/language.ts'
import { loadPrompt } from '../../../src/prompts.ts'
import { createWorld } from '../../conversation.ts'
import { anItem, deadline } from './world.ts'

const day = Temporal.PlainDate.from('2026-11-27')
const title = '政策速递'

/** A notice as offices write them. */
const notice = anItem('grant', {
  title: '关于组织申报2026年度企业研发投入奖补的通知',
  documentNumber: '榕科〔2026〕18号',
  link: 'https://kjj.example.gov.cn/2026/18.html',
  lines: undefined,
  deadline: {
    value: Temporal.PlainDate.from('2026-12-15'),
    sentence: '申报截止时间为2026年12月15日。',
  },
  text: [
    '各有关单位：',
    '为鼓励企业加大研发投入，现组织开展奖补申报工作，有关事项通知如下。',
    '申报对象为在本区注册、具有独立法人资格的规模以上企业。',
    '对符合条件的企业，按研发投入的5%给予奖补，单个企业最高不超过50万元。',
    '申报截止时间为2026年12月15日。',
    '请登录福建省科技创新平台填报，咨询电话0591-12345678。',
  ].join('\n'),
})

describe('which items', () => {
  const dates = fc.option(
    fc.integer({ min: -60, max: 60 }).map(days => deadline(day.add({ days }).toString())),
    { nil: undefined },
  )
  const itemList = fc.uniqueArray(
    fc
      .record({ id: fc.stringMatching(/^[a-z]{1,6}$/), deadline: dates })
      .map(({ id, deadline: end }) => anItem(id, { deadline: end })),
    { selector: item => item.id, maxLength: 20 },
  )
  test('of any items: current ones only, none told before, none twice, the most urgent first, at most N', () => {
    fc.assert(
      fc.property(itemList, fc.array(fc.nat(19)), fc.integer({ min: 1, max: 6 }), (items, picks, most) => {
        const publishedIds = new Set(picks.flatMap(pick => items[pick]?.id ?? []))
        const chosen = chooseItems(items, { day, publishedIds, most })
        expect(chosen.length).toBeLessThanOrEqual(most)
        expect(new Set(chosen).size).toBe(chosen.length)
        const ends = chosen.map(item => lastDayOf(item)?.toString() ?? '9999')
        expect([...ends].sort()).toEqual(ends)
        const free = items.filter(item => isCurrent(item, day) && !publishedIds.has(item.id))
        expect(chosen.every(item => free.includes(item))).toBe(true)
        if (chosen.length < most) expect(chosen).toHaveLength(free.length)
      }),
    )
  })
})

describe('three lines in the item’s own sentences', () => {
  test('what it is, who and how much, by when and where', () => {
    expect(extractLines(notice)).toEqual({
      what: '关于组织申报2026年度企业研发投入奖补的通知',
      who: '申报对象为在本区注册、具有独立法人资格的规模以上企业。对符合条件的企业，按研发投入的5%给予奖补，单个企业最高不超过50万元。',
      when: '申报截止时间为2026年12月15日。请登录福建省科技创新平台填报，咨询电话0591-12345678。',
    })
  })
  test('every word of them stands in the item', () => {
    const { who, when } = extractLines(notice)
    for (const sentence of `${who}${when}`.match(/[^。]+。/gu) ?? []) expect(notice.text).toContain(sentence)
  })
  test.each([
    ['请于2026年12月15日前登录福建省科技创新平台提交，窗口同日关闭。', '2026-12-15'],
    ['企业12月15日前登录平台申报，对符合条件的企业补助不超过80万元。', '2026-12-15'],
    ['申报对象为本区企业，在十二月二十日前到窗口办理，补助50万元。', '2026-12-20'],
    ['请登录平台提交，平台12月16日0时关闭。', '2026-12-15'],
    ['请登录平台提交，12月16日起停止受理。', '2026-12-15'],
    ['企业登录平台提交申报材料，12/15 关。', '2026-12-15'],
  ])('no line names a day that an organizer has to confirm: %s', (sentence, day) => {
    const unconfirmedDays = [Temporal.PlainDate.from(day)]
    const open = { ...notice, text: sentence, deadline: undefined, unconfirmedDays }
    expect(Object.values(extractLines(open)).join('')).not.toMatch(/12月|十二月|12\//u)
    expect(lineFaults(sentence, open, new Map())).toContainEqual(expect.stringContaining('not confirmed'))
  })
  test('a full stop that is typed as a dot ends a sentence, too', () => {
    const text =
      '现通知如下.一、申报对象为本区企业,补助5万元.二、系统开放至12月15日17:00.三、咨询0591-12345678.'
    const deadline = {
      value: Temporal.PlainDate.from('2026-12-15'),
      sentence: '二、系统开放至12月15日17:00.',
    }
    expect(extractLines({ ...notice, text, deadline })).toMatchObject({
      who: '一、申报对象为本区企业,补助5万元。',
      when: '二、系统开放至12月15日17:00。三、咨询0591-12345678。',
    })
  })
  test('a title loses the piece that names a day to confirm', () => {
    const open = { ...notice, deadline: undefined, unconfirmedDays: [Temporal.PlainDate.from('2026-12-15')] }
    const titled = (title: string) => extractLines({ ...open, title }).what
    expect(titled('研发奖补开始申报，12月15日截止！')).toBe('研发奖补开始申报')
    expect(titled('研发奖补12月15日截止')).toBe(`${notice.from}的通知`)
    expect(titled('研发奖补（12月20日公示）')).toBe('研发奖补（12月20日公示）')
  })
  test('where only offices have a day, the line says who sets the other', () => {
    const open = { ...notice, deadline: undefined, effectiveUntil: undefined, isSetLocally: true }
    expect(extractLines(open).when).toContain('截止日以当地通知为准')
  })
  test('any other day may stand there', () => {
    const unconfirmedDays = [Temporal.PlainDate.from('2026-12-15')]
    const past = '申报对象为2025年12月31日前在本区注册的企业，补助不超过50万元。'
    const open = { ...notice, text: past, deadline: undefined, unconfirmedDays }
    expect(extractLines(open).who).toBe(past)
  })
  test('where the item says nothing, they send the reader to the original', () => {
    expect(extractLines({ ...notice, text: '见附件。', deadline: undefined })).toMatchObject({
      who: '对象和金额见原文。',
      when: '时间和办法见原文。',
    })
  })
})

describe('with a language model', () => {
  const model = (answer: Record<string, string>): LanguageModel => ({
    complete: async ({ schema }) => ({ value: schema.parse(answer), tokens: 100 }),
  })
  const prompt = loadPrompt('prompts/digest-item.md')
  const good = {
    what: '2026年度企业研发投入奖补开始申报',
    who: '在本区注册的规模以上企业，按研发投入的5%给予奖补，最高不超过50万元。',
    when: '申报截止时间为2026年12月15日，登录福建省科技创新平台填报。',
  }
  function write(answer: Record<string, string>, item: Item = notice) {
    const { log } = createWorld()
    const writing = writeLines({
      model: model(answer),
      prompt,
      names: new Map(),
      timeoutMs: 1000,
      log,
    })
    return writing(item).then(lines => ({ lines, log: log.lines }))
  }
  const own = extractLines(notice)

  test('lines that the item bears out are its own', async () => {
    const { lines, log } = await write(good)
    expect(log).toEqual([])
    expect(lines).toEqual(good)
  })
  test.each([
    ['an amount', { who: '规模以上企业，最高不超过80万元。' }, 'who'],
    ['a percentage', { who: '规模以上企业，按研发投入的8%给予奖补，最高不超过50万元。' }, 'who'],
    ['a date', { when: '申报截止时间为2026年12月18日。' }, 'when'],
    ['a date in another form', { when: '申报截止时间为2026-12-15。' }, 'when'],
    ['a document number', { what: '榕科〔2026〕19号：研发投入奖补' }, 'what'],
    ['a phone number', { when: '咨询电话0591-87654321。' }, 'when'],
    ['a link', { when: '请登录 https://apply.example.com 填报。' }, 'when'],
    ['a limit turned', { who: '规模以上企业，单个企业不低于50万元。' }, 'who'],
    ['a promise', { who: '规模以上企业，保证拿到50万元。' }, 'who'],
    ['a place', { who: '在厦门注册的规模以上企业。' }, 'who'],
    ['a title', { what: '《企业购房补贴办法》：研发投入奖补' }, 'what'],
    ['a request', { when: '登录福建省科技创新平台填报，请先加微信。' }, 'when'],
    ['a sentence', { who: '在本区注册的规模以上企业，老板家属可以免试入学。' }, 'who'],
  ] as const)(
    '%s that is not in it drops the line for the extracted one, and is logged',
    async (_, wrong, line) => {
      const { lines, log } = await write({ ...good, ...wrong })
      expect(lines).toEqual({ ...good, [line]: own[line] })
      expect(log.join()).toContain('dropped by the guard')
    },
  )
  test('an empty line is the extracted one; a model that fails costs nothing but a line in the log', async () => {
    expect((await write({ ...good, who: '' })).lines.who).toBe(own.who)
    const { lines, log } = await write({ nonsense: 'x' })
    expect(lines).toEqual(own)
    expect(log.join()).toContain('no lines from the language model')
  })
  test('what an organizer wrote is not rewritten', async () => {
    const lines = { what: '甲', who: '乙', when: '丙' }
    expect((await write(good, { ...notice, lines })).lines).toEqual(lines)
  })
  test('the extracted lines pass the same guard', () => {
    for (const line of Object.values(own)) expect(lineFaults(line, notice, new Map())).toEqual([])
  })
})

describe('the text', () => {
  test('says each item in three lines, with number and link where the line does not', () => {
    const text = composeText([{ item: notice, lines: extractLines(notice) }], { title, day, closing: '再见' })
    const lines = text.split('\n')
    expect(lines[0]).toBe('政策速递 2026年11月27日')
    expect(lines[2]).toBe('1. 关于组织申报2026年度企业研发投入奖补的通知')
    expect(lines[4]).toMatch(
      /0591-12345678。榕科〔2026〕18号 https:\/\/kjj\.example\.gov\.cn\/2026\/18\.html$/u,
    )
    expect(lines.at(-1)).toBe('再见')
  })
  test('of the items that ship fits into messages', async () => {
    const items = (await readSeed('data/digest/items.yaml')).map(itemOfSeed)
    const told = items.map(item => ({ item, lines: extractLines(item) }))
    const parts = splitText(composeText(told, { title, day, closing: '' }))
    expect(parts.every(part => part.length <= longestText)).toBe(true)
  })
  test('is divided between items only, loses nothing, and is numbered', () => {
    const block = fc.string({ minLength: 1, maxLength: 60 }).map(text => text.replaceAll(/\s/gu, '') || '空')
    fc.assert(
      fc.property(
        fc.array(block, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 80, max: 300 }),
        (blocks, longest) => {
          const items = blocks.map((text, i) => `${i + 1}. ${text}\n第二行`)
          const parts = splitText(items.join('\n\n'), longest)
          expect(parts.every(part => part.length <= longest)).toBe(true)
          const bare = parts.map(part => part.replace(/\n\n（\d+\/\d+）$/u, ''))
          expect(bare.flatMap(part => part.split('\n\n'))).toEqual(items)
          if (parts.length > 1)
            expect(parts.at(-1)).toMatch(new RegExp(`（${parts.length}/${parts.length}）$`))
        },
      ),
    )
  })
  test('that is empty, or one item too long for a message, is refused', () => {
    expect(() => splitText('  \n ')).toThrow('还没有写内容')
    expect(() => splitText(`1. ${'长'.repeat(3000)}`)).toThrow('一条消息放不下')
    expect(splitText(`${'长'.repeat(1500)}\n${'长'.repeat(1500)}`)).toHaveLength(2)
  })
})

describe('the picture', () => {
  test('says every word of the text, in lines that fit', () => {
    const text = composeText([{ item: notice, lines: extractLines(notice) }], {
      title,
      day,
      closing: '金额 < 原文 & 为准',
    })
    const drawn = drawText(text)
    const words = [...drawn.matchAll(/<text[^>]*>([^<]*)<\/text>/gu)].map(([, said]) => said).join('')
    const plain = words.replaceAll('&lt;', '<').replaceAll('&amp;', '&').replaceAll(/\s/gu, '')
    for (const line of text.replace('1. ', '').split('\n'))
      expect(plain).toContain(line.replaceAll(/\s/gu, ''))
  })
  test('is a PNG of the width of a phone, sharp', async () => {
    const png = Buffer.from(
      await createPictures().png(drawText('政策速递 2026年11月27日\n\n1. 甲\n乙\n丙'), 1080),
    )
    expect(png.readUInt32BE(16)).toBe(1080)
  })
  test('whatever is written: no line is too wide, none begins with a closing sign, nothing is lost', () => {
    const text = fc
      .array(fc.constantFrom(...'创客，。（）「」12万元abc https://x.cn/a 、；“”%'), { maxLength: 120 })
      .map(all => all.join(''))
    fc.assert(
      fc.property(text, fc.integer({ min: 12, max: 24 }), (said, em) => {
        const lines = wrapLines(said, em)
        expect(lines.join('').replaceAll(/\s/gu, '')).toBe(said.replaceAll(/\s/gu, ''))
        for (const line of lines) {
          const width = [...line].reduce((sum, character) => sum + characterWidthOf(character), 0)
          expect(width).toBeLessThanOrEqual(em + 0.001)
        }
      }),
    )
    expect(wrapLines('一二三四五六七八九十，然后', 10)[1]).toMatch(/^十，/u)
  })
})

test('a draft with an unconfirmed deadline says of which item', () => {
  const unconfirmedDays = [Temporal.PlainDate.from('2026-12-15')]
  expect(
    sayUnconfirmed([anItem('a', { title: '甲' }), anItem('b', { title: '乙', unconfirmedDays })]),
  ).toContain('「乙」的截止日还没确认')
  expect(sayUnconfirmed([anItem('a', { title: '甲' })])).toBeUndefined()
})

test('the heading of an attachment is no line of a push', () => {
  const text = '现发放补助，详见附件。\n附件正文：补助申报指南'
  expect(JSON.stringify(extractLines(anItem('a', { text, lines: undefined })))).not.toContain('附件正文')
})
