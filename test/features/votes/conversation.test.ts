import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { verifyVote } from '../../../src/votes/verify.ts'
import { openTown, openVote, plan } from './town.ts'

describe('评选', () => {
  test('refuses elections that need paper, and nominees that are unknown', async () => {
    const { actions } = await openTown()
    await expect(actions.create({ ...plan, title: '支部委员换届' })).rejects.toThrow('选举工作条例')
    await expect(actions.create({ ...plan, nominees: ['没有的人'] })).rejects.toThrow('名单上没有')
    await expect(actions.create({ ...plan, observers: ['成员0', '成员3'] })).rejects.toThrow(
      '参评的人不能监票',
    )
    const small = await openTown({ members: 4 })
    await expect(small.actions.create(plan)).rejects.toThrow('能投票的只有 4 人')
    const { says } = await openTown()
    await says(5, '同意参评', '现在没有可以「同意参评」的评选')
  })

  test('a ballot is changed by its receipt as people copy it, and by no other', async () => {
    const { vote, linkOf } = await openVote()
    const [mine, other] = await Promise.all([linkOf(5), linkOf(6)])
    const { receipt } = await vote(mine, { choice: 'n1' })
    const foreign = await vote(other, { choice: 'n1' })
    for (const wrong of ['', foreign.receipt, receipt.slice(0, -1)])
      expect((await vote(mine, { choice: 'n2', receipt: wrong })).text).toContain('按原来那张算')
    for (const copied of [
      receipt.toLowerCase(),
      receipt.replaceAll('-', ' '),
      ` ${receipt.replaceAll('-', '－')} `,
    ])
      expect(await vote(mine, { choice: 'n2', receipt: copied })).toMatchObject({ receipt, status: 200 })
  })

  test('is secret: what is written always adds no voter or at least five, and the receipt proves the count', async () => {
    const { says, linkOf, vote, records, forward, open, actions } = await openVote()
    await says(5, '投票 成员1', '打字投的不算')
    await says(5, '我投成员1一票', '打字投的不算')
    await says(5, '投票', 'https://bot.example.cn/open/vote/1/')
    await says(5, '我选哪个项目好')
    await says(99, '投票 1', '不在这次投票的名册里')
    const receipts: string[] = []
    let before = 0
    const links = await Promise.all(Array.from({ length: 14 }, (_, n) => linkOf(n)))
    const link = (n: number) => links[n] ?? ''
    for (let n = 0; n < 13; n += 1) {
      const { text, receipt } = await vote(link(n), { choice: n < 8 ? 'n2' : 'n1' })
      expect(text).toContain('投好了')
      receipts.push(receipt)
      const written = (await records.batchesOf(1)).flatMap(one => one.members).length
      expect([0, 5]).toContain(written - before)
      before = written
    }
    expect((await vote(link(0), { choice: 'n1' })).text).toContain('已经封存计入，不能再改')
    expect((await vote(link(12), { choice: 'n2' })).text).toContain('没有回执号，就按原来那张算')
    const changed = await vote(link(12), { choice: '', receipt: receipts[12] ?? '' })
    expect(changed.receipt).toBe(receipts[12])
    expect(await (await open.request(link(13))).text()).toContain('你还没有投')
    await forward({ hours: 72 })
    expect((await vote(link(13), { choice: 'n2' })).text).toContain('现在不能投票')
    const exported = await actions.exported(1)
    expect(exported.batches.every(({ members }) => members.length >= 5)).toBe(true)
    expect(exported.batches.flatMap(({ ballots }) => ballots.map(({ id }) => id)).sort()).toEqual(
      receipts.sort(),
    )
    const { problems, tally } = verifyVote(exported)
    expect(problems).toEqual([])
    expect(tally).toMatchObject({ ballots: 13, chosen: ['成员1'] })
    expect(tally.counts.map(({ yes }) => yes)).toEqual([8, 4])
    await says(2, '监票确认', '13 人投票，投票率 93%')
    const over = await (await open.request(link(0))).text()
    for (const said of ['你的票已经封存计入', '推荐：成员1', '弃权（一位都没选）1 张', ...receipts])
      expect(over).toContain(said)

    // By hand: a row a ballot, and sums that the sheet counts itself.
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load((await actions.sheet(1)).bytes.buffer as ArrayBuffer)
    // A single column that is wider than the paper is cut at both sides.
    const about = workbook.getWorksheet('说明')
    expect(about?.getColumn(1).width).toBeLessThanOrEqual(72)
    expect(JSON.stringify(about?.getSheetValues())).toContain('请不要外传')
    const sheet = workbook.getWorksheet('选票')
    const rows = Array.from({ length: 13 }, (_, n) => sheet?.getRow(6 + n).values as string[])
    expect(rows.map(([, receipt]) => receipt)).toEqual(receipts.toSorted())
    expect(rows.filter(([, , , second]) => second === '选')).toHaveLength(8)
    expect(sheet?.getCell('C2').value).toEqual({ formula: 'COUNTIF(C6:C18,"选")', result: 8 })
    expect(sheet?.getCell('D4').value).toEqual({ formula: 'COUNTIF(D6:D18,"弃权")', result: 1 })
    expect(workbook.getWorksheet('名册')?.getCell('B1').value).toMatchObject({ result: 13 })
    expect(
      workbook
        .getWorksheet('名册')
        ?.getColumn(2)
        .values.filter(said => said === '没投'),
    ).toHaveLength(1)
  })

  test.each([
    { kind: 'one', most: 1, abstain: 'choice=' },
    { kind: 'upTo', most: 2, abstain: 'choice=' },
    { kind: 'each', most: 1, abstain: 'choice-n1=abstain&choice-n2=abstain' },
  ] as const)('casts no ballot of kind $kind on which nothing is chosen', async ({ kind, most, abstain }) => {
    const { linkOf, vote, open } = await openVote({ kind, most })
    const link = await linkOf(5)
    const shown = await (await open.request(link)).text()
    expect(shown).not.toContain('checked')
    expect(shown).toContain('弃权')
    const early = await vote(link, {})
    expect(early).toMatchObject({ status: 422, receipt: '' })
    expect(early.text).toContain('还没有选，没有投')
    expect(await (await open.request(link)).text()).toContain('你还没有投')
    expect((await vote(link, new URLSearchParams(abstain))).text).toContain('投好了')
  })

  test('says who was left out, and what contradicts itself', async () => {
    const { linkOf, vote } = await openVote({ kind: 'each' })
    const half = await vote(await linkOf(5), { 'choice-n1': 'yes' })
    expect(half.text).toContain('成员1还没有选，没有投')
    expect(half.text).not.toContain('投好了')
    const some = await openVote({ kind: 'upTo', most: 2 })
    const both = new URLSearchParams([
      ['choice', 'n1'],
      ['choice', ''],
    ])
    expect((await some.vote(await some.linkOf(5), both)).text).toContain('选了人，又选了「弃权」')
  })

  test('asks again for ballots that were not written when the bot stopped, and counts none twice', async () => {
    const { linkOf, vote, start, records, forward, actions } = await openVote()
    const links = await Promise.all(Array.from({ length: 12 }, (_, n) => linkOf(n)))
    for (const link of links) await vote(link, { choice: 'n2' })
    const again = start()
    const states = await Promise.all(
      links.map(async link => (await (await again.open.request(link)).text()).includes('你还没有投')),
    )
    expect(states.filter(Boolean).length).toBe(7)
    for (const [n, link] of links.entries()) if (states[n]) await vote(link, { choice: 'n1' }, again.open)
    await again.forward({ hours: 72 })
    const { problems, tally } = verifyVote(await actions.exported(1))
    expect(problems).toEqual([])
    expect(tally.counts.map(({ yes }) => yes)).toEqual([7, 5])
    expect((await records.get(1))?.state).toBe('closed')
    await forward({ hours: 1 })
  })

  test('without a quorum nothing of the ballots is told, nor handed out', async () => {
    const { linkOf, vote, forward, actions, open } = await openVote()
    const links = await Promise.all(Array.from({ length: 6 }, (_, n) => linkOf(n)))
    for (const link of links) await vote(link, { choice: 'n2' })
    await forward({ hours: 72 })
    await expect(actions.exported(1)).rejects.toThrow('未达到人数，本次无效。没有结果的评选，选票也不公布')
    await expect(actions.sheet(1)).rejects.toThrow('未达到人数')
    const page = await (await open.request(links[0] ?? '')).text()
    expect(page).toContain('未达到人数，本次无效')
    expect(page).not.toContain('得票')
  })

  test('many at once are each counted once', async () => {
    const { linkOf, vote, forward, actions } = await openVote()
    const links = await Promise.all(Array.from({ length: 14 }, (_, n) => linkOf(n)))
    await Promise.all([...links, ...links].map(link => vote(link, { choice: 'n1' })))
    await forward({ hours: 72 })
    const { problems, tally } = verifyVote(await actions.exported(1))
    expect(problems).toEqual([])
    expect(tally.ballots).toBe(14)
  })

  test('erases a voter and the record still holds', async () => {
    const { linkOf, vote, forward, actions, feature, records } = await openVote()
    for (let n = 0; n < 14; n += 1) await vote(await linkOf(n), { choice: 'n2' })
    await forward({ hours: 72 })
    const somebody = { memberId: 'm-p5', chatIds: ['p5'], names: ['成员5'] }
    expect(await feature.personal?.kept(somebody)).toEqual([
      `评选：${plan.title}（只记有没有投，不记投给谁）`,
    ])
    await feature.personal?.forget(somebody, 'alias')
    expect(
      JSON.stringify([await records.all(), await records.batchesOf(1), await records.links.list('')]),
    ).not.toMatch(/m-p5"|成员5/u)
    expect(verifyVote(await actions.exported(1)).problems).toEqual([])
  })

  test('counts one vote a member whose two accounts turned out to be one, whenever that is seen', async () => {
    const { linkOf, vote, forward, actions, feature, outbox } = await openVote()
    const links = await Promise.all(Array.from({ length: 14 }, (_, n) => linkOf(n)))
    const cast = (n: number, choice: string) => vote(links[n] ?? '', { choice })
    for (let n = 0; n < 10; n += 1) await cast(n, n < 8 ? 'n2' : 'n1')
    // 0 and 1 are written by now, 8 and 9 wait, 12 has not voted.
    await feature.personal?.merge(new Map([['m-p9', 'm-p8']]))
    expect(outbox.toPerson('p8')).toEqual([expect.stringContaining('后投的那张没有封存，已经去掉')])
    await feature.personal?.merge(new Map([['m-p12', 'm-p0']]))
    expect((await vote(links[12] ?? '', { choice: 'n1' })).text).toContain('已经封存计入，不能再改')
    await feature.personal?.merge(new Map([['m-p1', 'm-p0']]))
    await feature.personal?.merge(new Map([['m-p1', 'm-p0']]))
    expect(outbox.toPerson('p0')).toEqual([expect.stringContaining('分不出哪张')])
    await forward({ hours: 72 })
    const exported = await actions.exported(1)
    const { problems, tally } = verifyVote(exported)
    expect(problems).toEqual([])
    expect(exported.electorateSize).toBe(11)
    expect(tally).toMatchObject({ ballots: 9, voters: 8, chosen: ['成员1'], open: [] })
    const forged = structuredClone(exported)
    forged.batches[0]?.members.splice(0, 2, 'm-p5', 'm-p5')
    expect(verifyVote(forged).problems).toContain('有人投了两次')
  })

  test('leaves to the committee what one ballot too many could change', async () => {
    const { linkOf, vote, forward, actions, feature } = await openVote()
    const links = await Promise.all(Array.from({ length: 11 }, (_, n) => linkOf(n)))
    for (const [n, link] of links.entries()) await vote(link, { choice: n < 6 ? 'n2' : 'n1' })
    await forward({ hours: 72 })
    await feature.personal?.merge(new Map([['m-p1', 'm-p0']]))
    const { problems, tally } = verifyVote(await actions.exported(1))
    expect(problems).toEqual([])
    expect(tally).toMatchObject({ voters: 10, chosen: [], next: 'committee' })
  })

  test('draws a lot from numbers of both observers, neither of whom knows the other’s', async () => {
    const { linkOf, vote, forward, actions, says, records } = await openVote({ tie: 'lot' })
    for (let n = 0; n < 10; n += 1) await vote(await linkOf(n), { choice: n < 5 ? 'n2' : 'n1' })
    await says(2, '抽签 1 517', '现在不用抽签')
    await forward({ hours: 72 })
    await says(5, '抽签 1 517', '不是这次评选的监票人')
    await says(2, '抽签 1 百', '请报一个 0 到 999999 的数')
    await says(2, '抽签 1 517', '另一位监票人报了数，就出结果')
    await says(2, '抽签 1 518', '已经报过数了')
    expect((await records.get(1))?.chain.some(({ kind }) => kind === 'lot')).toBe(false)
    const [drawn] = await says(3, '抽签 1 42', '两个数都有了')
    const { problems, tally } = verifyVote(await actions.exported(1))
    expect(problems).toEqual([])
    expect(tally.drawn).toHaveLength(1)
    expect(drawn?.text).toContain(`推荐：${tally.drawn[0]}`)
    const forged = structuredClone(await actions.exported(1))
    const lot = forged.chain.findLast(({ kind }) => kind === 'lot')
    if (lot) lot.data = { first: 1, second: 42 }
    expect(verifyVote(forged).problems[0]).toContain('被改过')
  })

  test('votes again among the tied, of the same people, and the first result stays', async () => {
    const { linkOf, vote, forward, actions, says } = await openVote({ tie: 'runoff' })
    await expect(actions.startRunOff(1)).rejects.toThrow('不用附加投票')
    for (let n = 0; n < 10; n += 1) await vote(await linkOf(n), { choice: n < 5 ? 'n2' : 'n1' })
    await forward({ hours: 72 })
    const again = await actions.startRunOff(1)
    expect(again).toMatchObject({ rules: { number: 2, kind: 'one', places: 1 }, state: 'preparing' })
    expect(again.nominees.map(({ name, hasAccepted }) => [name, hasAccepted])).toEqual([
      ['成员0', true],
      ['成员1', true],
    ])
    await expect(actions.startRunOff(1)).rejects.toThrow('已经开了，是 2 号')
    for (const n of [2, 3]) await says(n, '监票确认 2', '名册：14 人')
    await actions.open(2)
    expect(verifyVote(await actions.exported(1)).problems).toEqual([])
  })

  test('keeps its rules and nominees as they were when it opened', async () => {
    const { linkOf, vote, forward, actions } = await openVote()
    await expect(actions.answerNomination(1, 'm-p0', false)).rejects.toThrow('名单不能再变')
    for (let n = 0; n < 14; n += 1) await vote(await linkOf(n), { choice: 'n1' })
    await forward({ hours: 72 })
    await expect(actions.cancel(1, '不办了')).rejects.toThrow('已经结束')
    const exported = await actions.exported(1)
    expect(verifyVote({ ...exported, rules: { ...exported.rules, places: 2 } }).problems).toEqual([
      '规则和开始前定的不一样',
    ])
    expect(verifyVote({ ...exported, nominees: exported.nominees.slice(1) }).problems).toEqual([
      '参评的人和开始时定的不一样',
    ])
  })
})
