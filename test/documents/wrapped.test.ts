import { expect, test } from 'vitest'
import { readText } from '../../src/documents/plain.ts'

test('a line set at the right makes no paragraph of broken lines wider', () => {
  const broken = [
    '    会议听取了区人社局关于创业担保贷款发放情况的汇报，并进行了讨论，决定',
    '将个人贷款最高额度由20万元提高到30万元，合伙创业的按每人30万元执行。',
  ]
  const text = [
    '专题会议纪要',
    '',
    `${' '.repeat(40)}平江区人民政府办公室　　　　　2026年6月11日`,
    '',
    ...broken,
    '',
    ...broken,
    '',
    ...broken,
  ].join('\n')
  expect(readText(text)[0]?.paragraphs.slice(2)).toHaveLength(3)
})
