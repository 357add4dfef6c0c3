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

test.each([
  ['提示', '该信息已下架', '删除'],
  ['提示', '该内容已被撤回', '删除'],
  ['错误', '对不起，您要访问的信息已经过期或被移除', '删除'],
  ['', '网站升级改造，暂停访问', '维护'],
  ['', '系统维护中，请稍后访问', '维护'],
  ['500', '服务器内部错误', '维护'],
  ['502 Bad Gateway', 'nginx', '维护'],
  ['', '您的浏览器版本过低，请升级浏览器', '浏览器'],
  ['', '正在加载中，请稍候...', '浏览器'],
  ['', '请使用微信扫码登录后查看', '登录'],
  ['', '本栏目内容仅对注册用户开放，请登录', '登录'],
  ['', '无权限访问该页面', '不允许'],
  ['403 Forbidden', '', '不允许'],
  ['', '参数错误', '没有这一页'],
  ['', '信息不存在', '没有这一页'],
  ['', '访问的资源不存在', '没有这一页'],
  ['', 'The page you requested could not be found', '没有这一页'],
  ['', 'Checking your browser before accessing', '验证'],
  ['', '为了您的账号安全，请拖动滑块完成拼图', '验证'],
  ['', '请完成下列验证后继续', '验证'],
])('%s %s is a wall', (title, text, reason) => expect(wallIn({ title, text })).toContain(reason))

test.each([
  ['关于申报系统维护的通知', '申报系统将于12月5日22时至24时维护，期间暂停申报。'],
  ['关于科技创新券过期处理的公告', '2025年的创新券已经过期的，按作废处理。'],
  ['关于启用统一登录的通知', '自12月1日起，申报系统启用统一身份认证登录。'],
  ['公示', '经核查，某公司参数错误一事已整改，现予公示。'],
])('a short notice is no wall: %s', (title, text) => expect(wallIn({ title, text })).toBeUndefined())
