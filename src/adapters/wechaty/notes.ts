/** States of a puppet, each a Chinese sentence with what to do. */
export const notes = {
  scan: '请用手机微信扫码登录。',
  mute: '线路正常。这个网关不回应探测，断线可能要晚一些才看得出来。',
  loggedOut: '微信账号已退出登录：请在手机上确认，再在网关那边（或扫码）重新登录。',
  noLogin: '网关已连上，但微信账号没有登录：请在网关那边登录。',
  noAnswer: '网关没有任何回应：请确认地址和端口没错、网关在运行。我会一直试下去。',
}
