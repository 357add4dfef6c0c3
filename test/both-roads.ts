import { expect, test } from 'vitest'

type Opened = { outcome(): Promise<unknown> }

/**
 * Plays each deed in chat and on the console, each in a world of its own, and compares everything that was said and
 * stored; it is also another than where nothing was done.
 */
export function testBothRoads<T extends Opened>(
  deeds: Readonly<Record<string, (bot: T) => Promise<unknown>>>,
  openOn: (road: 'chat' | 'console') => Promise<T> | T,
): void {
  test.each(Object.keys(deeds))('%s says and stores the same in chat and on the console', async name => {
    const [untouched, chat, web] = [await openOn('chat'), await openOn('chat'), await openOn('console')]
    await deeds[name]?.(chat)
    await deeds[name]?.(web)
    const typed = await chat.outcome()
    expect(typed).not.toEqual(await untouched.outcome())
    expect(await web.outcome()).toEqual(typed)
  })
}
