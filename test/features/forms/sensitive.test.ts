import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { sayWhat } from '../../../src/features/audit/words/words.ts'
import { sensitiveCollection } from '../../../src/features/forms/sensitive/kept/records.ts'
import { asksForSensitiveData, problemOf } from '../../../src/forms/sensitive.ts'
import { base, openTown } from './town.ts'

const anything = z.unknown()
const staff = { chen: '陈静', huang: '黄主任' }
const cardNumber = '11010519491231002X'
const asked = {
  title: '进场参观',
  group: 'all',
  's1-ask': '身份证号',
  's1-why': '进场核对身份',
  's1-viewers': '陈静',
  's1-keptUntil': '2026-12-20',
  's2-ask': '过敏史',
  's2-why': '安排午餐',
  's2-viewers': '黄主任、陈静',
  's2-keptUntil': '2026-12-10',
}

/** A form with two sensitive fields, for which 林小美 and 张三 signed up. */
async function openVisit() {
  const town = openTown({ staff })
  const chen = town.consoleOf({ id: 'chen', name: '陈静' })
  const made = await chen.send('/forms', asked)
  expect(made.status, await made.clone().text()).toBe(303)
  const lin = town.person('lin', '林小美')
  const zhang = town.person('zhang', '张三')
  const [joined] = await lin.says('报名', '报上名了')
  await zhang.says('报名', '报上名了')
  const linkOf = async (person: typeof lin) => {
    const [reply] = await person.says('填写 1', '链接只能用一次')
    return (reply?.text?.split(base)[1] ?? '').trim()
  }
  const submit = async (path: string, fields: Record<string, string>) => {
    const response = await town.open.request(path, { method: 'POST', body: new URLSearchParams(fields) })
    const text = await response.text()
    return {
      status: response.status,
      text,
      receipt: /凭证 (?<id>[0-9a-f]{16})/u.exec(text)?.groups?.id ?? '',
    }
  }
  const kept = async () =>
    JSON.stringify(
      await Promise.all(
        ['sign-up-forms', 'form-links', sensitiveCollection, 'form-sensitive-proofs'].map(name =>
          town.store.collection(name, anything).list(''),
        ),
      ),
    )
  return { ...town, chen, lin, zhang, joined, linkOf, submit, kept }
}

test('sensitive fields are filled in behind a one-time link, with consent, and never in chat', async () => {
  const { chen, lin, joined, linkOf, submit, open, kept, audit } = await openVisit()
  expect(joined?.text).toContain('身份证号（进场核对身份）')
  expect(joined?.text).toContain('私聊我发「填写 1」')
  expect(joined?.text).toContain('按名单记的是：林小美，优空间，一支部')
  expect(await chen.read('/forms/1')).toContain('请不要发在聊天里')
  const [refused] = await lin.says(`报名 身份证号：${cardNumber}`, '请不要发在聊天里，这一句没有记')
  expect(refused?.text).not.toContain(cardNumber)
  await lin.says(`报名 我的号 ${cardNumber}`, '请不要发在聊天里')

  const old = await linkOf(lin)
  const path = await linkOf(lin)
  expect((await open.request(old)).status).toBe(404)
  const form = await (await open.request(path)).text()
  for (const said of [
    '用途：进场核对身份',
    '只有陈静',
    '最晚2026年12月20日删',
    '只有陈静、黄主任',
    '不填，不影响报名',
  ])
    expect(form).toContain(said)
  expect(form).not.toMatch(/checked|<script/u)
  expect((await submit(path, { s1: cardNumber })).text).toContain('请先勾上同意')
  expect((await submit(path, { consent: 'yes' })).text).toContain('一项都没填')
  const wrong = await submit(path, { consent: 'yes', s1: '110105194912310021' })
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('对不上校验位')])
  const [done, again] = [
    await submit(path, { consent: 'yes', s1: cardNumber, s2: '花生' }),
    await submit(path, { consent: 'yes', s1: cardNumber }),
  ]
  expect([done.status, again.status]).toEqual([200, 404])
  expect(done.receipt).not.toBe('')
  expect(await kept()).not.toMatch(/11010519|花生/u)
  const [entry, ...more] = await audit.log.read()
  expect(more).toEqual([])
  expect(sayWhat(entry?.line ?? { road: 'link', what: '' }, new Map())).toBe('填敏感信息')
  expect(entry?.line.changes.map(({ record, change }) => `${change} ${record}`)).toEqual(
    expect.arrayContaining([`added ${sensitiveCollection}`, 'added form-sensitive-proofs']),
  )
  expect(entry?.detail?.actor?.value).toEqual({ id: 'm-lin', name: '林小美', from: '10.1.2.3' })
  expect(JSON.stringify(entry)).not.toMatch(/11010519|花生/u)
})

test('only those named see the values, each look is logged, and handing over erases with proof', async () => {
  const { chen, lin, zhang, linkOf, submit, consoleOf, taken, kept, outbox, feature } = await openVisit()
  const { receipt } = await submit(await linkOf(lin), { consent: 'yes', s1: cardNumber, s2: '花生' })
  const huang = consoleOf({ id: 'huang', name: '黄主任' })
  expect(await huang.read('/forms/1/sensitive')).toContain('花生')
  expect(await huang.read('/forms/1/sensitive')).not.toContain(cardNumber)
  for (const me of [
    { id: 'li', name: '李四' },
    { id: 'office:terminal', name: '本机' },
  ]) {
    const page = await consoleOf(me).read('/forms/1/sensitive')
    expect(page).not.toMatch(/花生|11010519/u)
    expect(page).toContain('role="alert"')
    expect(
      (await consoleOf(me).send('/forms/1/sensitive/hand-over', { to: '自己', receipts: receipt })).status,
    ).toBe(403)
  }
  expect(taken.map(({ byName }) => byName)).toEqual(['黄主任', '黄主任'])
  const page = await chen.read('/forms/1/sensitive')
  expect(page).toContain(cardNumber)
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(await chen.bytes('/forms/1/sensitive/answers.xlsx'))
  expect(workbook.worksheets[0]?.getRow(4).values).toEqual([undefined, '林小美', cardNumber, '花生'])

  // Answers that came in after the page was shown are not handed over.
  const later = await submit(await linkOf(zhang), { consent: 'yes', s2: '牛奶' })
  const receipts = /name="receipts" value="(?<all>[^"]*)"/u.exec(page)?.groups?.all ?? ''
  expect((await chen.send('/forms/1/sensitive/hand-over', { to: '', receipts })).status).toBe(422)
  expect((await chen.send('/forms/1/sensitive/hand-over', { to: '区委组织部', receipts })).status).toBe(303)
  expect(await chen.read('/forms/1/sensitive')).not.toMatch(/花生|11010519/u)
  expect(await chen.read('/forms/1/sensitive')).toContain('牛奶')
  expect(outbox.toPerson('zhang').join()).not.toContain('移交')
  expect(outbox.toPerson('lin').at(-1)).toMatch(/身份证号：.*由陈静移交给区委组织部，机器人这边已删除/u)
  expect(outbox.toPerson('lin').at(-1)).toContain(`凭证 ${receipt}`)
  expect(await chen.read('/forms/1')).toContain(receipt)
  await lin.says('填写 1', `凭证 ${receipt}`)

  await zhang.says('撤回填写 1', '已经删掉，报名还在')
  await zhang.says('撤回填写 1', '不用撤回')
  expect(outbox.toPerson('zhang').at(-1)).toContain(`凭证 ${later.receipt}`)
  const somebody = { memberId: 'm-lin', chatIds: ['lin'], names: ['林小美'] }
  expect((await feature.personal?.kept(somebody))?.join()).toContain('移交给区委组织部')
  await feature.personal?.forget(somebody, 'alias')
  expect(await feature.personal?.kept(somebody)).toEqual([])
  expect(await kept()).not.toContain('m-lin')
})

test('each field goes on its own day, and all with who comes no more', async () => {
  const { lin, zhang, chen, linkOf, submit, forward, outbox } = await openVisit()
  for (const one of [lin, zhang])
    await submit(await linkOf(one), { consent: 'yes', s1: cardNumber, s2: '花生' })
  await zhang.says('不去了', '取消了')
  await forward({ seconds: 20 })
  expect(outbox.toPerson('zhang').at(-1)).toMatch(/身份证号：已撤回.*\n过敏史：已撤回/u)
  await forward({ hours: 24 * 9 })
  expect(outbox.toPerson('lin').join()).not.toContain('到期')
  await forward({ hours: 24 })
  expect(outbox.toPerson('lin').at(-1)).toMatch(/过敏史：到期/u)
  expect(await chen.read('/forms/1/sensitive')).toMatch(/林小美[\s\S]*11010519491231002X/u)
  await forward({ hours: 240 })
  expect(await chen.read('/forms/1/sensitive')).not.toContain('林小美')
})

test('a form says what is missing, and asks nothing sensitive in chat', async () => {
  const { chen, consoleOf } = await openVisit()
  const without = (name: string) => chen.send('/forms', { ...asked, [name]: '' })
  expect(await (await without('s1-why')).text()).toContain('请写拿来做什么')
  expect(await (await without('s1-viewers')).text()).toContain('请写谁能看')
  expect(await (await without('s1-keptUntil')).text()).toContain('请选今天或以后的一天')
  const outsider = await chen.send('/forms', { ...asked, 's1-viewers': '林小美' })
  expect(await outsider.text()).toContain('组织者里没有「林小美」')
  const more = Object.fromEntries(
    ['s3', 's4', 's5'].flatMap(id => [
      [`${id}-ask`, `护照号 ${id}`],
      [`${id}-why`, '订票'],
      [`${id}-viewers`, '陈静'],
      [`${id}-keptUntil`, '2026-12-10'],
    ]),
  )
  const refused = await chen.send('/forms', { ...asked, ...more, 's5-why': '' })
  expect(await refused.text()).toMatch(
    /<details open><summary>不止 3 项[\s\S]*护照号 s5[\s\S]*请写拿来做什么/u,
  )
  const five = await chen.send('/forms', { ...asked, ...more })
  expect(await chen.read(five.headers.get('Location') ?? '')).toContain('护照号 s5')
  const long = await chen.send('/forms', { ...asked, 's1-keptUntil': '2027-12-20' })
  expect(await long.text()).toContain('不能留得更久')
  expect(await consoleOf({ id: 'chen', name: '陈静' }).read('/forms')).toContain('不在聊天里问')
  for (const ask of [
    '身份证',
    '證件號碼',
    '银行账号',
    '有无过敏',
    '是不是党员',
    '入党时间',
    '健康状况',
    '宗教',
    '病历',
  ])
    expect(asksForSensitiveData(ask), ask).toBe(true)
  for (const ask of ['设备', '公司', '手机尾号', '项目一句话', '大健康产业方向', '党员人数', '带几位同事'])
    expect(asksForSensitiveData(ask), ask).toBe(false)
  expect(problemOf('身份证号', cardNumber.toLowerCase())).toBeUndefined()
})
