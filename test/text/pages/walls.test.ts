import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { wallIn } from '../../../src/text/pages/walls.ts'

const read = (text: string, title = '') => wallIn({ title, text })

test.each([
  ['当前环境异常，完成验证后即可继续访问。', '微信要人验证，请手工粘贴正文。'],
  ['请完成安全验证后继续', '网站要人验证，请手工粘贴正文。'],
  ['您的访问过于频繁，请输入验证码', '网站要人验证，请手工粘贴正文。'],
  ['该内容已被发布者删除', '原文已被删除。'],
  ['此内容因违规无法查看', '原文已被删除。'],
  ['此内容被投诉且经审核涉嫌侵权，无法查看。', '原文已被删除。'],
  ['该帐号已被屏蔽，内容无法查看', '原文已被删除。'],
  ['操作频繁，请稍后再试', '网站要人验证，请手工粘贴正文。'],
  ['请在微信客户端打开链接', '微信要人验证，请手工粘贴正文。'],
  ['抱歉，您访问的页面不存在', '网站说没有这一页。'],
  ['您的请求疑似攻击行为，已被网站防火墙拦截。事件ID：1', '网站要人验证，请手工粘贴正文。'],
  ['请开启 JavaScript 并刷新该页', '网站要人验证，请手工粘贴正文。'],
  ['该公众号已迁移', '原文换了地址，请找到新的链接。'],
  ['请先登录', '要登录才能看，请手工粘贴正文。'],
])('%s is no article', (text, reason) => {
  expect(read(text)).toBe(reason)
})

test.each([
  '各有关单位：请登录福建省政务服务网填报，截止12月15日，联系人：创新科。',
  '申报系统的短信验证码收不到的，请致电 0591-12345。',
  `${'为做好培育工作，现将有关事项通知如下。'.repeat(10)}逾期页面不存在。`,
  '',
])('%s is one', text => {
  expect(read(text)).toBeUndefined()
})

test('nothing of the shipped items is taken for a wall', () => {
  const lines = readFileSync('data/digest/items.yaml', 'utf8').split('\n')
  expect(lines.filter(line => line.length > 20 && read(line))).toEqual([])
})
