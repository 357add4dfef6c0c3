/** Replaces e-mail addresses, identity, card and phone numbers, and a stated own name, by their kind. */
export function withoutIdentifiers(text: string): string {
  return text
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, '〔邮箱〕')
    .replace(/(?<!\d)\d{17}[\dXx](?!\d)/gu, '〔证件号〕')
    .replace(/(?<!\d)\d{16,19}(?!\d)/gu, '〔卡号〕')
    .replace(/(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/gu, '〔手机号〕')
    .replace(/(?<=我叫|我的?名字是|姓名[:：])\p{Script=Han}{2,4}/gu, '〔姓名〕')
}
