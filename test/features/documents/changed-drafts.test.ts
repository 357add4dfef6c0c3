import { expect, test } from 'vitest'
import type { Feature } from '../../../src/feature.ts'
import { createWorld } from '../../conversation.ts'
import { groupCard, groups, openDigest } from '../digest/world.ts'
import { openTown } from '../forms/town.ts'
import { unmarked } from './changes-page.ts'
import { measures, openDocumentsWorld } from './world.ts'

const old = '榕示科〔2026〕12号'
const told = `各位创客：按《示范区科技创新补贴办法》（${old}），单家企业最高补30万元。`

/** Says something to the bot. @returns its replies */
async function heard(person: ReturnType<typeof openTown>['chen'], text: string): Promise<string> {
  const replies = await person.send(person.message(text))
  return replies.map(reply => reply.text ?? '').join('\n')
}

/** A library with one approved document, and pushes that may rest on it. */
async function openWithDigest() {
  const world = createWorld('2026-11-27T10:00:00+08:00')
  const all: Feature[] = []
  const library = await openDocumentsWorld(world, { features: () => all })
  const digest = openDigest({
    world,
    cards: groups.map(id => groupCard(id)),
    parts: { clauses: library.documents.clauses },
  })
  all.push(digest.feature)
  await digest.start()
  await library.atChen.upload('旧.txt', measures('30万元', '', old))
  await library.atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  const uploadNew = () =>
    library.atChen.upload('新.txt', measures('50万元', '', '榕示科〔2026〕31号'), { supersedes: '1' })
  /** The author sends it to review, and the reviewer approves it. */
  const submit = async (number: number, answer = '通过') => {
    await heard(digest.org, `预览 ${number}`)
    await heard(digest.org, `送审 ${number}`)
    await heard(digest.lin, `预览 ${number}`)
    expect(await heard(digest.lin, `通过 ${number}`)).toContain(answer)
  }
  return {
    library,
    digest,
    uploadNew,
    submit,
    changes: async () => unmarked(await library.atHe.read('/documents/changes')),
  }
}

test('a draft that tells a changed figure is to be checked, with both texts, and its reviewer is told', async () => {
  const { digest, uploadNew, changes } = await openWithDigest()
  await heard(digest.org, `拟通知 今天 11:00 发到 全部\n${told}`)
  await heard(digest.org, '拟通知 今天 11:00 发到 全部\n周六的活动改到二楼。')
  expect(await changes()).toContain('没有要核的')
  expect(await heard(digest.org, '预览 2')).not.toContain('先核对')
  await uploadNew()
  const page = await changes()
  for (const said of [
    '推送',
    'href="/documents">← 文件库',
    '点名字去改',
    'href="/digest/2"',
    '最高不超过30万元',
    '最高不超过50万元',
  ])
    expect(page).toContain(said)
  expect(page).not.toContain('href="/digest/3"')
  expect(await heard(digest.org, '预览 2')).toContain(`${old} 第三条（一）变了，请先核对正文`)
})

test('an approved push whose figure changed afterwards is sent back; one approved since goes out', async () => {
  const { digest, uploadNew, submit } = await openWithDigest()
  await heard(digest.org, `拟通知 今天 11:00 发到 全部\n${told}`)
  await submit(2)
  await uploadNew()
  await digest.forward({ minutes: 61 })
  expect(digest.arrived()).toEqual([])
  expect(digest.toldTo('org').join('\n')).toMatch(/推送 2.*没有发：.*正在核：.*第三条（一）的数字变了/u)

  await heard(digest.org, `拟通知 今天 14:00 发到 全部\n${told}新办法还在核。`)
  await submit(3)
  await digest.forward({ hours: 3 })
  expect(digest.arrived()).toHaveLength(groups.length)
})

test('a push that a wrong upload stopped goes out as it is, once the upload is taken back', async () => {
  const { library, digest, uploadNew, submit } = await openWithDigest()
  await heard(digest.org, `拟通知 今天 11:00 发到 全部\n${told}`)
  await submit(2)
  await uploadNew()
  await digest.forward({ minutes: 61 })
  expect(digest.toldTo('org').at(-1)).toContain('没有发')
  await digest.forward({ hours: 5 })
  const before = digest.toldTo('org').length
  await library.atChen.post('/documents/2/reject', { reason: '传错了' })
  await digest.forward({ minutes: 2 })
  expect(digest.toldTo('org').slice(before)).toEqual([
    expect.stringMatching(/推送 2「.*」可以再送审了：.*正文没有动.*说「送审 2」/u),
  ])
  expect(digest.arrived()).toEqual([])
  await submit(2, '开始发了')
  await digest.forward({ minutes: 1 })
  expect(digest.arrived()).toHaveLength(groups.length)
  expect(digest.world.said.map(({ reply }) => reply.text).join()).toContain('最高补30万元')
})

test('a push that a person rejected is not released with the upload', async () => {
  const { library, digest, uploadNew } = await openWithDigest()
  await heard(digest.org, `拟通知 今天 14:00 发到 全部\n${told}`)
  await heard(digest.org, '预览 2')
  await heard(digest.org, '送审 2')
  await heard(digest.lin, '预览 2')
  await uploadNew()
  await heard(digest.lin, '驳回 2 数字变了')
  await digest.forward({ minutes: 2 })
  const before = digest.toldTo('org').length
  await library.atChen.post('/documents/2/reject', { reason: '传错了' })
  await digest.forward({ minutes: 2 })
  expect(digest.toldTo('org').slice(before)).toEqual([])
  expect(await heard(digest.org, '预览 2')).toContain('驳回：数字变了')
})

test('an open form that names a changed clause is to be checked, a closed one is not', async () => {
  const town = openTown()
  const all: Feature[] = [town.feature]
  const { audit: _, ...world } = town
  const library = await openDocumentsWorld(world, { features: () => all })
  await library.atChen.upload('旧.txt', measures('30万元', '', old))
  await library.atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  await town.chen.says(`报名表 ${old}第三条申报辅导（最高30万元） 10人`, '报名开始')
  await town.chen.says('报名表 沙龙 10人', '报名开始')
  const changes = async () => unmarked(await library.atHe.read('/documents/changes'))
  expect(await changes()).toContain('没有要核的')
  await library.atChen.upload('新.txt', measures('50万元', '', '榕示科〔2026〕31号'), { supersedes: '1' })
  const page = await changes()
  for (const said of ['报名', 'href="/forms/1"', '最高不超过30万元', '最高不超过50万元'])
    expect(page).toContain(said)
  expect(page).not.toContain('href="/forms/2"')
  await heard(town.chenAlone, `结束报名 ${old}第三条申报辅导（最高30万元）`)
  expect(await changes()).toContain('没有要核的')
})
