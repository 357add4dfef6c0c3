import { expect, test } from 'vitest'
import type { Feature } from '../../../src/feature.ts'
import { createWorld } from '../../conversation.ts'
import { openOffice } from '../faq/knowledge-office.ts'
import { entryYaml, headYaml } from '../faq/knowledge-samples.ts'
import { notice } from '../items/world.ts'
import { dismiss, press, unmarked } from './changes-page.ts'
import { openDocumentsWorld } from './world.ts'

const url = 'https://kjj.fuzhou.gov.cn/a/1.html'
const page = (limit: string, visits: number) =>
  notice(
    '关于补贴标准的公告',
    `为了支持企业发展，现将补贴标准公告如下，请各有关单位遵照执行。\n单家企业最高${limit}，由区人社部门审核后拨付。\n浏览次数：${visits}`,
  )

test('a source page whose text changed since it was read holds back the figures that it lost', async () => {
  const all: Feature[] = []
  const library = await openDocumentsWorld(undefined, { features: () => all })
  const head = headYaml.replace(
    '    date: 2020-01-02',
    `    date: 2020-01-02\n    link: { url: "${url}", opened: true }`,
  )
  const office = await openOffice({
    world: library.world,
    clauses: library.documents.clauses,
    knowledge: head + entryYaml,
  })
  all.push(office.feature)
  const ask = async () => (await office.answerer.answer('补多少钱', library.world.clock.now()))[0]?.text ?? ''
  const day = () => library.forward({ hours: 24 })

  library.site.set(url, page('30万元', 11))
  await day()
  library.site.set(url, page('30万元', 12))
  await day()
  expect(await library.atHe.read('/documents/changes')).toContain('没有要核的')
  library.site.delete(url)
  await day()
  expect(await ask()).toContain('最高30万元')

  library.site.set(url, page('50万元', 13))
  await day()
  expect(await ask()).toContain('正在核')
  const changes = unmarked(await library.atHe.read('/documents/changes'))
  for (const said of ['能补多少？', '单家企业最高30万元', '单家企业最高50万元', '核好以前不说'])
    expect(changes).toContain(said)
  // One person must not say alone that a figure stays.
  expect(changes).not.toContain('都不用改')
  const alone = await library.atHe.post('/documents/changes/page', { url, reason: '看过' })
  expect(await alone.text()).toContain('要两个人说「不用改」')
  expect(await ask()).toContain('正在核')
  await dismiss(library.atHe, '说的是去年')
  await press(library.atChen, '同意，不用改', 'agree')
  expect(await ask()).toContain('最高30万元')
  expect(await library.atHe.read('/documents/changes')).toContain('没有要核的')
})

test('a source page that took no figure is read as it is now once one person gave a reason', async () => {
  const all: Feature[] = []
  const library = await openDocumentsWorld(undefined, { features: () => all })
  const told = { kind: '知识', title: '补贴', path: '/knowledge/entries/one', text: '补贴看申报情况。', url }
  all.push({ name: 'told', sourcePages: () => [told, { ...told, title: '流程', text: '先申报。' }] })
  library.site.set(url, page('30万元', 11))
  for (let day = 0; day < 2; day += 1) await library.forward({ hours: 24 })
  library.site.set(url, page('50万元', 13))
  await library.forward({ hours: 24 })
  const confirm = (reason: string) => library.atHe.post('/documents/changes/page', { url, reason })
  expect(await (await confirm('')).text()).toContain('请写一句为什么不用改')
  await confirm('条目里没有写数字')
  const after = await library.atHe.read('/documents/changes')
  for (const said of ['没有要核的', '何国平', '条目里没有写数字', '来源网页']) expect(after).toContain(said)
})

test('a page whose dismissal was kept and its reading was not is dismissed by the next press', async () => {
  const world = createWorld('2026-11-20T08:00:00+08:00')
  const collection: typeof world.store.collection = (...given) => world.store.collection(...given)
  let isFull = false
  const store: typeof world.store = {
    ...world.store,
    collection(name, ...more) {
      const kept = collection(name, ...more)
      if (name !== 'read-pages') return kept
      return {
        ...kept,
        update: (...change) => (isFull ? Promise.reject(new Error('disk full')) : kept.update(...change)),
      }
    },
  }
  const told = { kind: '知识', title: '补贴', path: '/knowledge/entries/one', text: '补贴看申报情况。', url }
  const all: Feature[] = [{ name: 'told', sourcePages: () => [told] }]
  const library = await openDocumentsWorld({ ...world, store }, { features: () => all })
  library.site.set(url, page('30万元', 11))
  for (let day = 0; day < 2; day += 1) await library.forward({ hours: 24 })
  library.site.set(url, page('50万元', 13))
  await library.forward({ hours: 24 })
  const press = () => library.atHe.post('/documents/changes/page', { url, reason: '条目里没有写数字' })
  isFull = true
  await press()
  isFull = false
  expect(await library.atHe.read('/documents/changes')).not.toContain('没有要核的')
  expect(await (await press()).text()).not.toContain('已经说过')
  expect(await library.atHe.read('/documents/changes')).toContain('没有要核的')
})
