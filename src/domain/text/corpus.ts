/**
 * Texts that people (and worse) really send, with what the policy makes of them. `plain` is for
 * several lines, `inline` and `label` for one; where a column is left out it equals the text.
 * Invisible characters are written as escapes, so that the reader of this file sees them.
 */
export interface Example {
  readonly name: string;
  readonly text: string;
  readonly plain?: string;
  readonly inline?: string;
  readonly label?: string;
}

/** What must come out as it went in, everywhere. */
export const ORDINARY: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'English', text: "Hello there! I can't log in, it says 'timed out' (again)." },
  { name: 'German', text: 'Größe & Straße – „Anführung“, 50 % günstiger' },
  { name: 'French with no-break spaces', text: 'Ça va\u00A0? Oui\u202F!' },
  { name: 'Arabic with harakat', text: 'السَّلَامُ عَلَيْكُمْ، كيف حالك؟' },
  { name: 'Persian with non-joiners', text: 'می\u200Cخواهم به سرور وارد شوم' },
  { name: 'Hebrew with points and accents', text: 'בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים' },
  { name: 'Hindi with a joiner', text: 'क्\u200Dष नमस्ते दुनिया' },
  { name: 'Bengali with a joiner before a mark', text: 'র\u200D্যাম' },
  { name: 'Sinhala', text: 'ශ්\u200Dරී ලංකාව' },
  { name: 'Tamil', text: 'வணக்கம் உலகம்' },
  { name: 'Thai', text: 'สวัสดีครับ ผมเข้าเซิร์ฟเวอร์ไม่ได้' },
  { name: 'Korean', text: '안녕하세요 서버에 접속이 안 돼요' },
  { name: 'Japanese with a wide space', text: 'サーバーに\u3000入れません。' },
  { name: 'Chinese', text: '你好，服务器打不开！' },
  { name: 'Vietnamese', text: 'Tôi không thể vào máy chủ được nữa' },
  { name: 'Mongolian with a variant selector', text: 'ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ᠌' },
  { name: 'Tibetan', text: 'བོད་སྐད་' },
  { name: 'a family', text: '👨\u200D👩\u200D👧\u200D👦' },
  { name: 'skin tones', text: '👍🏽 👩🏿\u200D🚒' },
  { name: 'a heart with its presentation', text: '❤\uFE0F ☠\uFE0E' },
  { name: 'joined after a presentation', text: '🏳\uFE0F\u200D🌈 ❤\uFE0F\u200D🔥' },
  { name: 'flags', text: '🇩🇪🇯🇵' },
  {
    name: 'the flag of Scotland',
    text: '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
  },
  { name: 'keycaps', text: '1\uFE0F\u20E3 2\uFE0F\u20E3' },
  { name: 'mathematics', text: 'x + y = 3, 5 - 2 < 4 and 4 > 1, i <3 you' },
  { name: 'numbers, times and sums', text: '12:30:45 on 2024-01-05, 1.5 of 3.0, #12, -5' },
  { name: 'an e-mail address', text: 'steve@example.com' },
  { name: 'a web address', text: 'https://example.com/a_b/c~d?q=1&r=(2)#top_of_page' },
  { name: 'a web address with an account', text: 'see https://www.youtube.com/@some_one_else now' },
  { name: 'an address between angle brackets', text: '<https://example.com/a_b_c>' },
];

/** What is attacked, and the exact result. */
export const NASTY: readonly Example[] = [
  // Mentions.
  { name: 'everyone', text: '@everyone look', plain: '＠everyone look', inline: '＠everyone look' },
  { name: 'here', text: 'hi @here', plain: 'hi ＠here', inline: 'hi ＠here' },
  { name: 'everyone in capitals', text: '@EVERYONE', plain: '＠EVERYONE', inline: '＠EVERYONE' },
  { name: 'doubled', text: '@@everyone', plain: '@＠everyone', inline: '@＠everyone' },
  {
    name: 'everyone behind something invisible',
    text: '@\u200Beveryone @ev\u00ADeryone @\u2060here',
    plain: '＠everyone ＠everyone ＠here',
    inline: '＠everyone ＠everyone ＠here',
    label: '@everyone @everyone @here',
  },
  {
    name: 'a user, the old form, a role',
    text: '<@123456789012345678> <@!1> <@&2>',
    plain: '<\\@123456789012345678> <\\@!1> <\\@&2>',
    inline: '<\\@123456789012345678> <\\@!1> <\\@&2>',
  },
  {
    name: 'a user hidden by a joiner',
    text: '<\u200D@1>',
    plain: '<\\@1>',
    inline: '<\\@1>',
    label: '<@1>',
  },
  {
    name: 'a channel, a command, a guide',
    text: '<#1> </ticket open:1> <id:customize>',
    plain: '<\\#1> <\\/ticket open:1> <id\\:customize>',
    inline: '<\\#1> <\\/ticket open:1> <id\\:customize>',
  },
  {
    name: 'custom and animated emoji, a sound',
    text: '<:pepe:1> <a:dance:2> <sound:1:2>',
    plain: '<\\:pepe:1> <a\\:dance:2> <sound\\:1:2>',
    inline: '<\\:pepe:1> <a\\:dance:2> <sound\\:1:2>',
  },
  {
    name: 'a short name of an emoji',
    text: ':skull: :+1: :100: minecraft:stone',
    plain: '\\:skull: \\:+1: \\:100: minecraft:stone',
    inline: '\\:skull: \\:+1: \\:100: minecraft:stone',
  },
  {
    name: 'a timestamp',
    text: '<t:1700000000:R>',
    plain: '<t\\:1700000000:R>',
    inline: '<t\\:1700000000:R>',
  },
  {
    name: 'everyone inside of a user',
    text: '<@everyone>',
    plain: '<＠everyone>',
    inline: '<＠everyone>',
  },
  {
    name: 'everyone inside of an address',
    text: 'https://example.com/@everyone',
    plain: 'https://example.com/＠everyone',
    inline: 'https://example.com/＠everyone',
  },
  // Marks within a line.
  {
    name: 'bold, italics, underline',
    text: '**b** *i* __u__ _i_ ***bi***',
    plain: '\\*\\*b\\*\\* \\*i\\* \\_\\_u\\_\\_ \\_i\\_ \\*\\*\\*bi\\*\\*\\*',
    inline: '\\*\\*b\\*\\* \\*i\\* \\_\\_u\\_\\_ \\_i\\_ \\*\\*\\*bi\\*\\*\\*',
  },
  {
    name: 'strike and spoiler',
    text: '~~s~~ ||p||',
    plain: '\\~\\~s\\~\\~ \\|\\|p\\|\\|',
    inline: '\\~\\~s\\~\\~ \\|\\|p\\|\\|',
  },
  { name: 'code', text: '`x`', plain: '\\`x\\`', inline: '\\`x\\`' },
  {
    name: 'a player name with underscores',
    text: 'x_Steve_x',
    plain: 'x\\_Steve\\_x',
    inline: 'x\\_Steve\\_x',
  },
  { name: 'backslashes', text: 'C:\\*\\', plain: 'C:\\\\\\*\\\\', inline: 'C:\\\\\\*\\\\' },
  {
    name: 'a masked link',
    text: '[free nitro](https://evil.example)',
    plain: '\\[free nitro\\](https://evil.example)',
    inline: '\\[free nitro\\](https://evil.example)',
  },
  {
    name: 'a masked link that looks like an address',
    text: '[https://good.example](https://evil.example "x")',
    plain: '\\[https://good.example\\](https://evil.example "x")',
    inline: '\\[https://good.example\\](https://evil.example "x")',
  },
  {
    name: 'markup right behind an address',
    text: 'https://a.example/x**b**',
    plain: 'https://a.example/x\\*\\*b\\*\\*',
    inline: 'https://a.example/x\\*\\*b\\*\\*',
  },
  {
    name: 'what only looks like an address',
    text: 'http://_a_ <http://_b_>',
    plain: 'http://\\_a\\_ <http\\://\\_b\\_>',
    inline: 'http://\\_a\\_ <http\\://\\_b\\_>',
  },
  {
    name: 'other schemes between brackets',
    text: '<mailto:a@b.example> <discord://x>',
    plain: '<mailto\\:a@b.example> <discord\\://x>',
    inline: '<mailto\\:a@b.example> <discord\\://x>',
  },
  {
    name: 'a backtick in disguise (U+1FEF is ` in NFC)',
    text: '\u1FEFx\u1FEF',
    plain: '\\`x\\`',
    inline: '\\`x\\`',
    label: '`x`',
  },
  // Blocks.
  {
    name: 'headings and small print',
    text: '# big\n### small\n-# tiny',
    plain: '\\# big\n\\#\\#\\# small\n\\-# tiny',
    inline: '\\# big ### small -# tiny',
    label: '# big ### small -# tiny',
  },
  {
    name: 'quotes',
    text: '> one\n>>> all',
    plain: '\\> one\n\\>\\>\\> all',
    inline: '\\> one >>> all',
    label: '> one >>> all',
  },
  {
    name: 'lists',
    text: '- a\n  * b\n+ c\n12. d',
    plain: '\\- a\n  \\* b\n\\+ c\n12\\. d',
    inline: '\\- a \\* b + c 12. d',
    label: '- a * b + c 12. d',
  },
  {
    name: 'a heading behind many spaces and a list with a long number',
    text: `${' '.repeat(60)}# x\n${'1'.repeat(30)}. y`,
    plain: `${' '.repeat(60)}\\# x\n${'1'.repeat(30)}\\. y`,
    inline: `\\# x ${'1'.repeat(30)}. y`,
    label: `# x ${'1'.repeat(30)}. y`,
  },
  {
    name: 'a heading behind a wide space',
    text: '\u3000# x',
    plain: '\u3000\\# x',
    inline: '\\# x',
    label: '# x',
  },
  {
    name: 'a heading behind something invisible',
    text: '\uFEFF# x',
    plain: '\\# x',
    inline: '\\# x',
    label: '# x',
  },
  {
    name: 'a fence',
    text: '```js\nx\n```',
    plain: '\\`\\`\\`js\nx\n\\`\\`\\`',
    inline: '\\`\\`\\`js x \\`\\`\\`',
    label: '```js x ```',
  },
  // Lines.
  {
    name: 'a wall of line ends of every kind',
    text: 'a\r\n\r\n\r\n \t\n\u2028\u2029\u0085b\r',
    plain: 'a\n\nb',
    inline: 'a b',
    label: 'a b',
  },
  { name: 'tabs', text: 'a\tb', plain: 'a b', inline: 'a b', label: 'a b' },
  { name: 'runs of spaces', text: 'a    b', inline: 'a b', label: 'a b' },
  {
    name: 'controls',
    text: '\u0000a\u0007\u001B[31mb\u009B0m\u007F',
    plain: 'a\\[31mb0m',
    inline: 'a\\[31mb0m',
    label: 'a[31mb0m',
  },
  // What cannot be seen.
  {
    name: 'a name that reads backwards',
    text: '\u202Efdp.exe\u202C \u2066x\u2069 \u200Fy\u061C',
    plain: 'fdp.exe x y',
    inline: 'fdp.exe x y',
    label: 'fdp.exe x y',
  },
  {
    name: 'zero width inside of a name',
    text: 'St\u200Be\u200Cv\u200De\u2060\uFEFF\u00AD\u034F',
    plain: 'Steve',
    inline: 'Steve',
    label: 'Steve',
  },
  {
    name: 'Hangul fillers and blank braille only',
    text: '\u3164\u115F\u1160\uFFA0\u2800',
    plain: '',
    inline: '',
    label: '',
  },
  {
    name: 'a message hidden in tags',
    text: 'hi\u{E0001}\u{E0068}\u{E0069}\u{E007F}',
    plain: 'hi',
    inline: 'hi',
    label: 'hi',
  },
  {
    name: 'a flag that does not exist, spelt with tags',
    text: '🏴\u{E0078}\u{E0078}\u{E007F}',
    plain: '🏴',
    inline: '🏴',
    label: '🏴',
  },
  {
    name: 'bytes hidden in variation selectors',
    text: 'a\uFE0F\u{E0100}\u{E01EF}b😀\uFE0F\uFE0F\u{E0101}',
    plain: 'ab😀\uFE0F',
    inline: 'ab😀\uFE0F',
    label: 'ab😀\uFE0F',
  },
  {
    name: 'joiners that join nothing',
    text: '\u200Da\u200D 😀\u200D\u200D😀\u200D',
    plain: 'a 😀😀',
    inline: 'a 😀😀',
    label: 'a 😀😀',
  },
  {
    name: 'interlinear notes and noncharacters',
    text: 'a\uFFF9b\uFFFBc\uFFFE\u{10FFFF}',
    plain: 'abc',
    inline: 'abc',
    label: 'abc',
  },
  {
    name: 'lone surrogates',
    text: '\uD800a\uDC00',
    plain: '\uFFFDa\uFFFD',
    inline: '\uFFFDa\uFFFD',
    label: '\uFFFDa\uFFFD',
  },
  {
    name: 'Zalgo',
    text: `z${'\u0334'.repeat(40)}a`,
    plain: `z${'\u0334'.repeat(8)}a`,
    inline: `z${'\u0334'.repeat(8)}a`,
    label: `z${'\u0334'.repeat(8)}a`,
  },
  {
    name: 'Zalgo with joiners in between',
    text: `ب${'\u064B\u200D'.repeat(40)}ب`,
    plain: `ب${'\u064B\u200D'.repeat(4)}ب`,
    inline: `ب${'\u064B\u200D'.repeat(4)}ب`,
    label: `ب${'\u064B\u200D'.repeat(4)}ب`,
  },
  {
    name: 'a mark that would sit on our own text',
    text: '\u0336\u0336x',
    plain: '\u25CC\u0336\u0336x',
    inline: '\u25CC\u0336\u0336x',
    label: '\u25CC\u0336\u0336x',
  },
  { name: 'decomposed letters', text: 'e\u0301', plain: 'é', inline: 'é', label: 'é' },
];
