import type { lookup } from 'node:dns'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createWeb, type WebSettings } from '../../../src/adapters/web/index.ts'
import { publicNetworkRule } from '../../../src/adapters/web/transfer/addresses.ts'
import { textOfPage } from '../../../src/lib/character-sets.ts'
import { openSite } from './site.ts'

const loopback = ['127.0.0.1']
const html = { 'Content-Type': 'text/html; charset=utf-8' }

function openWeb(more: Partial<WebSettings> = {}) {
  const web = createWeb({
    timeoutMs: 5000,
    maxBytes: 1_000_000,
    maxRedirects: 5,
    gapMs: 0,
    alsoAllowed: loopback,
    ...more,
  })
  onTestFinished(() => web.close())
  return web
}

/** Names that lead where the test says, one answer after the other. */
const leadingTo = (...addresses: string[]) => {
  let count = 0
  return ((_name: string, _options: unknown, done: (fault: null, found: unknown) => void) => {
    const address = addresses[Math.min(count++, addresses.length - 1)] ?? ''
    done(null, [{ address, family: address.includes(':') ? 6 : 4 }])
  }) as unknown as typeof lookup
}

describe('only public addresses', () => {
  test.each([
    '127.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '192.0.2.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'no address',
  ])('%s is not asked', address => {
    expect(publicNetworkRule()(address)).toBe(false)
  })
  test.each(['8.8.8.8', '2400:3200::1', '::ffff:8.8.8.8'])('%s is', address => {
    expect(publicNetworkRule()(address)).toBe(true)
  })
  test('but for the networks named', () => {
    const rule = publicNetworkRule(['127.0.0.1', '10.0.0.0/8'])
    expect(['127.0.0.1', '10.9.9.9', '::ffff:10.1.1.1'].map(rule)).toEqual([true, true, true])
    expect(['127.0.0.2', '192.168.0.1', '::1'].map(rule)).toEqual([false, false, false])
  })

  test('by name, by number and behind a redirect', async () => {
    const site = await openSite({
      '/to-inside': { status: 302, headers: { Location: 'http://127.0.0.2/secret' } },
    })
    const inside = '内部网络'
    const shut = openWeb({ alsoAllowed: [] })
    await expect(shut.get(`${site.url}/page`)).rejects.toThrow(inside)
    await expect(shut.get('http://[::1]/')).rejects.toThrow(inside)
    await expect(shut.get('http://2130706433/')).rejects.toThrow(inside)
    const named = openWeb({ alsoAllowed: [], resolve: leadingTo('127.0.0.1') })
    await expect(named.get(`http://example.test:${site.port}/page`)).rejects.toThrow(inside)
    await expect(openWeb().get(`${site.url}/to-inside`)).rejects.toThrow(inside)
    expect(site.asked.filter(path => path === '/page')).toEqual([])
  })

  test('a name that means another address a moment later gains nothing', async () => {
    const site = await openSite({ '/page': { headers: html, body: '内部' } })
    // The first look-up is public and does not answer; the second would be the inside.
    const web = openWeb({ alsoAllowed: [], resolve: leadingTo('192.0.2.1', '127.0.0.1') })
    await expect(web.get(`http://rebinding.test:${site.port}/page`)).rejects.toThrow()
    await expect(web.get(`http://rebinding.test:${site.port}/page`)).rejects.toThrow()
    expect(site.asked).toEqual([])
  })

  test.each(['file:///etc/passwd', 'ftp://example.org/', 'javascript:alert(1)', '官网'])(
    '%s is no address',
    async url => {
      await expect(openWeb().get(url)).rejects.toThrow('这不是网址')
    },
  )
  test('no names and passwords in an address', async () => {
    await expect(openWeb().get('http://user:secret@example.org/')).rejects.toThrow('不要带用户名和密码')
  })
})

describe('politely', () => {
  test('what has not changed is not sent again', async () => {
    const site = await openSite({
      '/feed': request =>
        request.headers['if-none-match'] === '"v1"'
          ? { status: 304 }
          : {
              headers: { ...html, ETag: '"v1"', 'Last-Modified': 'Fri, 20 Nov 2026 01:00:00 GMT' },
              body: '新',
            },
    })
    const web = openWeb()
    const first = await web.get(`${site.url}/feed`)
    expect(first).toMatchObject({ kind: 'page', text: '新' })
    const known = first.kind === 'page' ? first.validators : {}
    expect(known).toEqual({ etag: '"v1"', lastModified: 'Fri, 20 Nov 2026 01:00:00 GMT' })
    expect(await web.get(`${site.url}/feed`, known)).toEqual({ kind: 'unchanged' })
  })

  test('robots.txt is kept, and asked once', async () => {
    const site = await openSite({
      '/robots.txt': { body: 'User-agent: *\nDisallow: /private/' },
      '/private/a': { body: 'x' },
      '/a': { body: 'a' },
    })
    const web = openWeb()
    await expect(web.get(`${site.url}/private/a`)).rejects.toThrow('robots.txt 不允许')
    await web.get(`${site.url}/a`)
    expect(site.asked).toEqual(['/robots.txt', '/a'])
  })

  test('a site whose robots.txt fails is left alone, one that has none is not', async () => {
    const site = await openSite({ '/robots.txt': { status: 503 }, '/a': { body: 'a' } })
    await expect(openWeb().get(`${site.url}/a`)).rejects.toThrow('robots.txt')
    site.pages['/robots.txt'] = { status: 404 }
    expect(await openWeb().get(`${site.url}/a`)).toMatchObject({ text: 'a' })
  })

  test('one thing at a time', async () => {
    const slow = {
      stream: (response: import('node:http').ServerResponse) => void setTimeout(() => response.end('x'), 20),
    }
    const site = await openSite({ '/1': slow, '/2': slow, '/3': slow })
    const web = openWeb()
    await Promise.all(['/1', '/2', '/3'].map(path => web.get(site.url + path)))
    expect(site.mostOpen()).toBe(1)
  })

  test('by our own name', async () => {
    let name = ''
    const site = await openSite({
      '/a': ({ headers }) => {
        name = headers['user-agent'] ?? ''
        return { body: 'a' }
      },
    })
    await openWeb().get(`${site.url}/a`)
    expect(name).toContain('ChuangkeBot')
  })
})

describe('never too much', () => {
  test('a page of 50 MB, announced or not', async () => {
    let sent = 0
    const site = await openSite({
      '/announced': {
        headers: { 'Content-Length': '50000000' },
        stream: response => void response.write('x'),
      },
      '/endless': {
        stream(response) {
          const more = () => {
            while (!response.destroyed) {
              sent += 65_536
              if (!response.write('x'.repeat(65_536))) return void response.once('drain', more)
            }
          }
          more()
        },
      },
    })
    await expect(openWeb().get(`${site.url}/announced`)).rejects.toThrow('网页太大，超过 1 MB')
    await expect(openWeb().get(`${site.url}/endless`)).rejects.toThrow('网页太大，超过 1 MB')
    expect(sent).toBeLessThan(50_000_000)
  })
  test('a redirect without end', async () => {
    const site = await openSite({
      '/a': { status: 302, headers: { Location: '/b' } },
      '/b': { status: 302, headers: { Location: '/a' } },
    })
    await expect(openWeb().get(`${site.url}/a`)).rejects.toThrow('一直在跳转，跳了 5 次')
  })
  test('a page that never ends its answer', async () => {
    const site = await openSite({ '/slow': { stream: response => void response.write('x') } })
    await expect(openWeb({ timeoutMs: 1000 }).get(`${site.url}/slow`)).rejects.toThrow('1 秒内没有回应完')
  })
  test.each([
    [403, '可能要登录'],
    [403, '网站挡住了程序'],
    [404, '没有这一页'],
    [429, '太勤'],
    [500, '网站自己出了问题'],
  ])('%i says what it means', async (status, words) => {
    const site = await openSite({ '/a': { status } })
    await expect(openWeb().get(`${site.url}/a`)).rejects.toThrow(words)
  })
  test('nobody there', async () => {
    const site = await openSite({})
    site.close()
    await expect(openWeb().get(`${site.url}/a`)).rejects.toThrow('连不上网站')
  })
})

describe('character sets', () => {
  /** 「中文通知，截止」 in GB 18030. */
  const gb = new Uint8Array([
    0xd6, 0xd0, 0xce, 0xc4, 0xcd, 0xa8, 0xd6, 0xaa, 0xa3, 0xac, 0xbd, 0xd8, 0xd6, 0xb9,
  ])
  const said = '中文通知，截止'
  const ascii = (text: string) => new TextEncoder().encode(text)
  const join = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap(part => [...part]))
  test.each([
    ['by the header', gb, 'text/html; charset=GB2312'],
    ['by the page', join(ascii('<meta charset="gbk">'), gb), 'text/html'],
    [
      'by an older page',
      join(ascii('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'), gb),
      '',
    ],
    ['by the feed', join(ascii('<?xml version="1.0" encoding="GB18030"?>'), gb), 'application/xml'],
    ['where the header is wrong', gb, 'text/html; charset=utf-8'],
    ['where nobody says', gb, ''],
    ['where nobody says, at length', join(...Array<Uint8Array>(40).fill(gb)), ''],
    ['with a mark', join(new Uint8Array([0xef, 0xbb, 0xbf]), ascii(said)), 'text/html; charset=gbk'],
    ['in UTF-8', ascii(said), ''],
    ['with a name that nobody knows', ascii(said), 'text/html; charset=klingon'],
  ])('%s', (_, bytes, contentType) => {
    expect(textOfPage(bytes, contentType)).toContain(said)
  })
  test('whatever comes, there is a text', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.string(),
        (bytes, type) => void textOfPage(bytes, type),
      ),
    )
  })
})
