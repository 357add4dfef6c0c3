import { expect, test } from 'vitest'
import { withoutIdentifiers } from '../../src/text/identifiers.ts'

test.each([
  ['我叫张三，电话13800138000', '我叫〔姓名〕，电话〔手机号〕'],
  ['138 0013 8000 能查吗', '〔手机号〕 能查吗'],
  ['身份证35010219900101123X', '身份证〔证件号〕'],
  ['发到 a.b@example.com', '发到 〔邮箱〕'],
  ['高企2026年怎么报', '高企2026年怎么报'],
])('%s', (text, kept) => expect(withoutIdentifiers(text)).toBe(kept))
