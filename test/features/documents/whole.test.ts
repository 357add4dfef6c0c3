import { expect, test } from 'vitest'
import { openAllFeatures } from '../../app/features.ts'
import { openConsoleApp } from '../../console-app.ts'
import { unmarked } from './changes-page.ts'
import { chen } from './world.ts'

const rules = (share: string, number: string) =>
  Buffer.from(`科技部 财政部 国家税务总局
${number}
关于印发《高新技术企业认定管理办法》的通知
各有关单位：
第一条 为规范认定，制定本办法。
第十一条 认定为高新技术企业须同时满足以下条件：企业从事研发和相关技术创新活动的科技人员占企业当年职工总数的比例不低于${share}。
第十二条 本办法自2016年1月1日起施行。
科技部
2016年1月29日`)

test('entries and conditions of the shipped base that rest on a changed clause are held within a second', async () => {
  const { all } = await openAllFeatures()
  const app = openConsoleApp(
    all.flatMap(({ pages = [] }) => pages),
    () => chen,
  )
  const read = async (path: string) => (await app.request(path)).text()
  async function upload(name: string, text: Buffer, supersedes = '') {
    const body = new FormData()
    body.set('file', new File([new Uint8Array(text)], name))
    body.set('supersedes', supersedes)
    return (await app.request('/documents', { method: 'POST', body })).headers.get('location')
  }

  expect(await upload('旧.txt', rules('10%', '国科发火〔2016〕32号'))).toBe('/documents/1')
  await app.request('/documents/1/approve', {
    method: 'POST',
    body: new URLSearchParams({ revision: '1', isValidityChecked: 'yes' }),
  })
  expect(await read('/documents/changes')).toContain('没有要核的')
  const match = async () =>
    (
      await app.request('/match', { method: 'POST', body: new URLSearchParams({ entityType: 'company' }) })
    ).text()
  expect(await match()).not.toContain('正在核')

  expect(await upload('新.txt', rules('15%', '国科发火〔2026〕99号'), '1')).toBe('/documents/2')
  const page = unmarked(await read('/documents/changes'))
  for (const said of [
    '匹配条件',
    '国家高新技术企业认定',
    '知识',
    '比例不低于10%',
    '比例不低于15%',
    '核好以前不说',
  ])
    expect(page).toContain(said)
  expect(await match()).toContain('国家高新技术企业认定（文件有更新，正在核）')
})
