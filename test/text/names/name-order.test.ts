import { expect, test } from 'vitest'
import { compareNames } from '../../../src/text/names/name-order.ts'

test('names with numbers stand in the order of the numbers, others by sound', () => {
  const names = [
    '第二支部',
    '第十一支部',
    '第三支部',
    '第一支部',
    '第十支部',
    '第二十支部',
    '恒丰支部',
    'E空间支部',
  ]
  expect(names.sort(compareNames)).toEqual([
    '第一支部',
    '第二支部',
    '第三支部',
    '第十支部',
    '第十一支部',
    '第二十支部',
    '恒丰支部',
    'E空间支部',
  ])
  expect(['3号楼', '12号楼', '2号楼'].sort(compareNames)).toEqual(['2号楼', '3号楼', '12号楼'])
})
