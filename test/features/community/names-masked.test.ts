import { expect, test } from 'vitest'
import { list, openOffice } from './office.ts'

test('a question goes elsewhere without the names of anybody on the roster or in the groups', async () => {
  const { imports, sees, withoutNames } = openOffice()
  await imports(list)
  await sees('m', '优空间-林小美')
  const asked = '张三和林小美（优空间-林小美）想和李四一起报高企，王五呢'
  expect(await withoutNames(asked)).toBe('〔姓名〕和〔姓名〕（〔姓名〕）想和〔姓名〕一起报高企，王五呢')
  expect(await withoutNames('高企怎么报')).toBe('高企怎么报')
})
