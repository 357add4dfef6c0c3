const browsers: readonly (readonly [RegExp, string])[] = [
  [/wxwork/iu, '企业微信'],
  [/MicroMessenger/u, '微信'],
  [/Edg/u, 'Edge'],
  [/QQBrowser/u, 'QQ 浏览器'],
  [/Firefox/u, 'Firefox'],
  [/Chrom(?:e|ium)/u, 'Chrome'],
  [/Safari/u, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS/u, '鸿蒙手机'],
  [/Android/u, '安卓手机'],
  [/iPhone/u, 'iPhone'],
  [/iPad/u, 'iPad'],
  [/Windows/u, 'Windows 电脑'],
  [/Mac OS X/u, 'Mac'],
  [/Linux/u, 'Linux 电脑'],
]

/** Device and browser in two words, 「安卓手机，微信」; empty for an unknown user agent. */
export function deviceOf(userAgent: string): string {
  const named = (all: typeof browsers) => all.find(([pattern]) => pattern.test(userAgent))?.[1]
  return [named(systems), named(browsers)].filter(Boolean).join('，')
}
