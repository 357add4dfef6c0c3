import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDocument } from '../../src/documents/index.ts'

/**
 * Written by LibreOffice from a DOCX: chapters by a style, articles that count on over them, items, lists that begin
 * anew, a table whose first column counts by itself, a bullet.
 */
const file = readFileSync(join(import.meta.dirname, 'set', 'files', 'automatic-numbers.doc'))

test('a .doc keeps the numbers that Word counts by itself', async () => {
  const { pages } = await readDocument(file, 'a.doc')
  expect(pages).toEqual([
    {
      number: 1,
      gaps: [],
      paragraphs: [
        '平江区创业补助管理办法',
        '第一章 总则',
        '第一条 为规范补助发放，制定本办法。',
        '第二条 本办法所称补助，是指：',
        '（一）开办补助；',
        '（二）场租补助，包括：',
        '1.办公场地；',
        '2.库房。',
        '（三）其他补助。',
        '前款补助不得重复。',
        '第二章 申请',
        '第三条 申请人提交下列材料：',
        '（一）申请表；',
        '（二）执照。',
        '序号 | 项目 |',
        '1 | 开办 |',
        '2 第 | 场租 |',
        '第三章 附则',
        '第四条 本办法自2026年5月1日起施行。',
        '1.甲',
        '2.乙',
        '1.丙',
        '丁',
      ],
    },
  ])
})

test('a .doc whose lists are cut off is read without numbers, and says so', async () => {
  const head = file.indexOf(Buffer.from([0xec, 0xa5]))
  const torn = Buffer.from(file)
  torn.writeUInt32LE(0x7fffff00, head + 0x2e2)
  const { pages } = await readDocument(torn, 'a.doc')
  expect(pages[0]?.paragraphs.slice(0, 3)).toEqual([
    '平江区创业补助管理办法',
    '总则',
    '为规范补助发放，制定本办法。',
  ])
  expect(pages[0]?.gaps.join()).toMatch(/自动编号.*读不出来/u)
})
